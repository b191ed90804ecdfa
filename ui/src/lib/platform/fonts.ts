// The fonts of the program, one file an alphabet. A web view reads each when the first letter asks for it.

/** WebKitGTK forgets fonts that are read in a page's first half second. */
const AGAIN_MS = 1000;
const TRIES = 5;

/**
 * Reads those nothing on the page has asked for: the first guest with a Vietnamese name would be drawn in a font of the
 * system, which takes a while to find, and again in ours.
 */
export async function loadAlphabets(): Promise<void> {
  for (let tries = 0; tries < TRIES; tries++) {
    const missing = [...document.fonts].filter((face) => face.status !== "loaded");
    if (tries > 0 && missing.length === 0) return;
    // One that cannot be read has the system's in its place.
    await Promise.allSettled(missing.map((face) => face.load()));
    await new Promise((done) => setTimeout(done, AGAIN_MS));
  }
}
