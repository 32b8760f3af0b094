import type { Page } from "playwright-core";

/**
 * In the page: marks the next control that nobody has pressed yet, and tells its key. An open dialog or menu comes before
 * the page below it. Controls that differ in numbers, in hashes or in the title that they stand under are one: the rows of
 * a table and the charts of a page have the same. So are those around all pages, and links to pages of one kind.
 */
const MARK_NEXT = `(pressed) => {
  document.querySelector("[data-next]")?.removeAttribute("data-next");
  const isThere = (element) => element.checkVisibility({ visibilityProperty: true });
  const dialog = [...document.querySelectorAll("dialog[open]")].at(-1);
  const menu = [...document.querySelectorAll('[role="menu"]')].find(isThere);
  const alike = (text) => text.replaceAll(/[0-9a-f]{6,}/g, "#").replaceAll(/[\\d.,]+/g, "#").replaceAll(/#[^ ]*…[^ ]*/g, "#").trim();
  const nameOf = (element) => element.getAttribute("aria-label") ?? (element.labels?.[0] ?? element).textContent;
  const linkOf = (href) => {
    const [path, search = ""] = alike(href).split("?");
    const [, page, thing] = path.split("/");
    return "/" + page + (thing === undefined ? "" : "/#") + search;
  };
  const nameIn = (element) => nameOf(element).replace(element.closest("section")?.querySelector("h2")?.textContent ?? "", "#");
  const keyOf = (element) => {
    const href = element.getAttribute("href");
    // A link leads to its page from wherever it stands, and coming back from it takes the most time of all.
    if (href !== null) return linkOf(href);
    return (element.closest("main") === null ? "" : location.pathname + " ") + alike(nameIn(element));
  };
  const controls = (dialog ?? menu ?? document).querySelectorAll('a[href], button, summary, input[type="radio"], input[type="checkbox"]');
  const waiting = [...controls].filter((element) => !element.disabled && isThere(element) && !pressed.includes(keyOf(element)));
  // What closes a dialog is pressed when all else in it was.
  const next = waiting.find((element) => nameOf(element) !== "Close") ?? waiting[0];
  next?.setAttribute("data-next", "");
  return { key: next === undefined ? null : keyOf(next), layer: dialog ? "dialog" : menu ? "menu" : "page", left: waiting.length };
}`;

type Next = { readonly key: string | null; readonly layer: "dialog" | "menu" | "page"; readonly left: number };

/** What is being loaded when a page is opened is there after that long, or is waited for by its own word. */
const COMES_WITHIN_MS = 200;

/**
 * Presses whatever can be pressed on the page that is open, once each, and comes back to it where that led away. Those in
 * `pressed` are left out, and join it. @returns what was pressed
 */
export async function pressEverything(page: Page, pressed: Set<string>): Promise<readonly string[]> {
  const place = placeOf(page.url());
  const own: string[] = [];
  let opener: string | undefined;
  for (let again = true; ;) {
    const { key, layer, left } = await page.evaluate<Next>(`(${MARK_NEXT})(${JSON.stringify([...pressed])})`);
    if (key === null && layer === "page") {
      if (!again) return own;
      again = false;
      await page.locator('[aria-label^="Loading"]').first().waitFor({ state: "hidden" });
      await page.waitForTimeout(COMES_WITHIN_MS);
      continue;
    }
    if (key === null) {
      await page.keyboard.press("Escape");
      await page.locator('dialog[open], [role="menu"]').first().waitFor({ state: "hidden" });
      continue;
    }
    pressed.add(key);
    own.push(key);
    if (layer === "page") opener = key;
    // A menu closes at each choice, and is opened again for the next.
    else if (layer === "menu" && left > 1 && opener !== undefined) pressed.delete(opener);
    again = true;
    await press(page);
    if (placeOf(page.url()) !== place) await comeBack(page, place);
  }
}

/** The link to the content is out of sight until it has the focus, so it is reached with keys alone. */
async function press(page: Page): Promise<void> {
  const next = page.locator("[data-next]");
  return (await next.getAttribute("href")) === "#content" ? next.press("Enter") : next.click();
}

/** Page and tab; what is chosen on it stands in the address as well, and leads nowhere else. */
function placeOf(address: string): string {
  const { pathname, searchParams } = new URL(address);
  return `${pathname} ${searchParams.get("tab")}`;
}

/** Once what was led to stands there: a page, or an answer of the server as the browser shows it. */
async function comeBack(page: Page, place: string): Promise<void> {
  await page.locator("h1, pre").first().waitFor();
  await page.goBack();
  await page.waitForURL((url) => placeOf(url.href) === place);
  await page.locator("h1").waitFor();
}
