// The colors that the reader has chosen, before anything is drawn in others.
{
  const { color } = __md_get("__palette") ?? {};
  const chosen = { ...color };
  if (color?.media === "(prefers-color-scheme)") {
    const isLight = matchMedia("(prefers-color-scheme: light)").matches;
    const media = `(prefers-color-scheme: ${isLight ? "light" : "dark"})`;
    const input = document.querySelector(`[data-md-color-media='${media}']`);
    chosen.media = input.getAttribute("data-md-color-media");
    for (const part of ["scheme", "primary", "accent"]) {
      chosen[part] = input.getAttribute(`data-md-color-${part}`);
    }
  }
  for (const [part, value] of Object.entries(chosen)) {
    document.body.setAttribute(`data-md-color-${part}`, value);
  }
}
