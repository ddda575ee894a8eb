/* node build.mjs: the vendored library from the locked packages, under a name that says what is in it, with its licences beside it.
   The same packages give the same bytes; tests/test_charts.py holds the committed file against its name and the loader against the file. */
import {createHash} from "node:crypto";
import {readFileSync, readdirSync, rmSync, writeFileSync} from "node:fs";
import {fileURLToPath} from "node:url";
import {build} from "esbuild";

const here = name => fileURLToPath(new URL(name, import.meta.url));
const scripts = here("../../templates/theme/assets/javascripts/");
const read = name => readFileSync(here(`node_modules/${name}`), "utf8").trim();
const version = name => JSON.parse(read(`${name}/package.json`)).version;
const names = ["echarts", "zrender", "tslib"];
const notice = [
  "What mingzhang-echarts.*.js is made from. A trimmed build; the sources are unchanged.",
  ...names.map(name => `==== ${name} ${version(name)} ====`),
  "", "==== echarts: NOTICE ====", read("echarts/NOTICE"), "", "==== echarts: LICENSE ====", read("echarts/LICENSE"),
  "", "==== zrender: LICENSE ====", read("zrender/LICENSE"), "", "==== tslib: LICENSE ====", read("tslib/LICENSE.txt"), "",
].join("\n");
const banner = `/* Apache ECharts ${version("echarts")} (Apache-2.0), zrender ${version("zrender")} (BSD-3-Clause), tslib ${version("tslib")} (0BSD); see mingzhang-echarts.LICENSE.txt */`;

const made = await build({
  entryPoints: [here("parts.mjs")], bundle: true, minify: true, format: "esm", target: "es2020", charset: "utf8", write: false, legalComments: "none",
  define: {"process.env.NODE_ENV": '"production"'}, banner: {js: banner},
});
const code = made.outputFiles[0].contents;
const name = `mingzhang-echarts.${createHash("sha256").update(code).digest("hex").slice(0, 12)}.js`;
for (const old of readdirSync(scripts)) if (/^mingzhang-echarts\./.test(old)) rmSync(scripts + old);
writeFileSync(scripts + name, code);
writeFileSync(`${scripts}mingzhang-echarts.LICENSE.txt`, notice);
console.log(`${name}: ${code.length} bytes; write this name into mingzhang-charts.js`);
