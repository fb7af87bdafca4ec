// Asks the scanner of MDN's HTTP Observatory for one page after another: node observatory.mjs FOLDER < TARGETS, a JSON list of {name, port, path}.
// FOLDER is where the package is installed. Its list of preloaded hosts is left empty: nobody is given points for being on it.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const from = (name) => import(pathToFileURL(`${process.argv[2]}/node_modules/@mdn/mdn-http-observatory/src/${name}.js`));
const { ALL_TESTS } = await from("constants");
const { MINIMUM_SCORE_FOR_EXTRA_CREDIT } = await from("grader/charts");
const { getGradeForScore, getScoreModifier } = await from("grader/grader");
const { retrieve } = await from("retriever/retriever");

const found = [];
for (const { name, port, path } of JSON.parse(readFileSync(0, "utf8"))) {
  const asked = await retrieve("localhost", { httpsPort: port, httpPort: 1, path });
  if (!asked.responses.auto) throw new Error(`${name}: no answer`);
  const points = ALL_TESTS.map((test) => test(asked)).map((said) => [said.constructor.name, said.result, getScoreModifier(said.result)]);
  const lost = points.reduce((sum, [, , points]) => sum + Math.min(points, 0), 100);
  const all = points.reduce((sum, [, , points]) => sum + points, 100);
  const { score, grade } = getGradeForScore(lost >= MINIMUM_SCORE_FOR_EXTRA_CREDIT ? all : lost);
  found.push({ name, path, status: asked.responses.auto.status, score, grade, points });
}
console.log(JSON.stringify(found));
