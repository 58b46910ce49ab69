// Makes the icons that a device asks for as pixels from public/icon.svg.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { launchBrowser, root } from "./harness.mjs";

const folder = join(root, "web-client/public");
const svg = readFileSync(join(folder, "icon.svg"), "utf8");
/** A device that cuts its icons cuts no more than a fifth: the board's colour goes to the edge. */
const maskable = svg.replace('viewBox="0 0 32 32"', 'viewBox="-4 -4 40 40"').replace('<rect width="32" height="32" rx="8"', '<rect x="-4" y="-4" width="40" height="40"');

const browser = await launchBrowser();
try {
  for (const [name, drawing, size] of [["icon-192", svg, 192], ["icon-512", svg, 512], ["icon-maskable-512", maskable, 512]]) {
    const page = await browser.newPage({ viewport: { width: size, height: size } });
    await page.setContent(`<style>body { margin: 0 } svg { display: block; width: ${size}px; height: ${size}px }</style>${drawing}`);
    await page.screenshot({ path: join(folder, `${name}.png`), omitBackground: true });
    await page.close();
    console.log(`public/${name}.png`);
  }
} finally {
  await browser.close();
}
