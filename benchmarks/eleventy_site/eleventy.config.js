// Pages come from the JSON files under pages/, one for each, and are written under site/ at the address that they name.
import { readdirSync, readFileSync } from "node:fs";

const folder = "pages";

export default function (config) {
  config.addGlobalData("pages", () =>
    readdirSync(folder).sort().map((name) => JSON.parse(readFileSync(`${folder}/${name}`, "utf-8"))));
  config.setUseGitIgnore(false);
  return { dir: { input: "content", includes: "../includes", output: "site" } };
}
