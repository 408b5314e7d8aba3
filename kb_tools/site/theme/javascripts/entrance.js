// The page of all languages leads on to the first language of the reader's that there is; without
// JavaScript the links do.
{
  const links = [...document.querySelectorAll("a[hreflang]")];
  const primary = (tag) => tag.toLowerCase().split("-")[0];
  const inLanguage = (tag) => links.find((link) => primary(link.hreflang) === primary(tag));
  const wanted = navigator.languages.map(inLanguage).find(Boolean);
  if (wanted) location.replace(wanted.href);
}
