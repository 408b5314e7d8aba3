/** An answer index of the disk, read as if it were served. */

import { readFile } from "node:fs/promises";

/** A `fetch` that reads files; one that is not there is a network error. */
export async function fetchFile(address) {
  const data = await readFile(address);
  return new Response(data);
}
