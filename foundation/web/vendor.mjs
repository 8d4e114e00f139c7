// Bundles the packages in their load order: Inter (Latin letters only), the theme and the parts of the design system.
// Images written inside the style sheets become files, so that the pages can forbid data: addresses.
import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";

const modules = "node_modules";
const out = "vendor";
const ds = `${modules}/@digdir/designsystemet-css/dist`;
const inter = `${modules}/@fontsource-variable/inter`;

rmSync(out, { recursive: true, force: true });
mkdirSync(out);

function fonts() {
  const sheet = readFileSync(`${inter}/index.css`, "utf8");
  const wanted = ["inter-latin-wght-normal", "inter-latin-ext-wght-normal"];
  const faces = sheet.match(/@font-face\s*\{[^}]*\}/g).filter((face) =>
    wanted.some((name) => face.includes(`/${name}.woff2`)));
  if (faces.length !== wanted.length) throw new Error("the fonts are not where they used to be");
  for (const name of wanted) copyFileSync(`${inter}/files/${name}.woff2`, `${out}/${name}.woff2`);
  return faces.join("\n").replaceAll("./files/", "");
}

function imagesToFiles(sheet) {
  return sheet.replace(/url\("(data:image\/svg\+xml[^"]*)"\)|url\('(data:image\/svg\+xml[^']*)'\)/g, (_, a, b) => {
    const address = a ?? b;
    const body = address.slice(address.indexOf(",") + 1);
    const svg = address.slice(0, address.indexOf(",")).includes("base64")
      ? Buffer.from(body, "base64").toString()
      : decodeURIComponent(body);
    const name = `ds-${createHash("sha256").update(svg).digest("hex").slice(0, 10)}.svg`;
    writeFileSync(`${out}/${name}`, svg);
    return `url("${name}")`;
  });
}

const sheets = [
  fonts(),
  readFileSync(`${ds}/theme/designsystemet.css`, "utf8"),
  readFileSync(`${ds}/src/index.css`, "utf8"),
].map(imagesToFiles);
const bundle = sheets.join("\n");
if (/url\(["']?(data|https?):/.test(bundle)) throw new Error("a style sheet still asks for a data: or foreign address");
writeFileSync(`${out}/base.css`, bundle);
console.log(`foundation/web/vendor: base.css ${Math.round(bundle.length / 1024)} kB and its fonts and images`);
