// SPDX-License-Identifier: Apache-2.0
// Polars as one of the engines that run.lua asks, in the words of engine.lua: node peer_polars.js MODULE PACK
// POLARS_MAX_THREADS says how many threads. Keys are categories, figures integers; a question is a lazy query, collected.
"use strict";

const [module_path, pack] = process.argv.slice(2);
const pl = require(module_path);
const path = pack + "/posts.csv";
const types = {
  id: pl.Utf8, fn: pl.Utf8, place: pl.Utf8, org: pl.Utf8, group: pl.Utf8, band: pl.Utf8, wte: pl.Float64, in_post: pl.Float64, cost: pl.Float64,
};
const senior = ["8a", "8b", "8c", "8d", "9"];

const padded = (letter, number) => letter + String(number).padStart(3, "0");
const members = (letter, count, parent, parents) => {
  const numbers = [...Array(count).keys()];
  return pl.DataFrame({ id: numbers.map((n) => padded(letter, n + 1)), above: numbers.map((n) => padded(parent, (n % parents) + 1)) });
};
const functions = members("f", 60, "g", 8).rename({ id: "fn", above: "grp" });
const places = members("p", 140, "r", 7).rename({ id: "place", above: "region" });

const category = (name) => pl.col(name).cast(pl.Categorical);
const posts = pl.readCSV(path, { dtypes: types, columns: ["fn", "place", "org", "band", "wte", "cost"] })
  .join(places, { on: "place", how: "left" })
  .join(functions, { on: "fn", how: "left" })
  .select(
    category("fn"), category("place"), category("org"), category("band"), category("grp"), category("region"),
    pl.col("cost").mul(100).round(0).cast(pl.Int64).alias("cost"), pl.col("wte").mul(1000000).round(0).cast(pl.Int64).alias("wte"),
  )
  .rechunk();

const sums = [pl.col("cost").sum(), pl.col("wte").sum()];
const grouped = (frame, ...keys) => frame.groupBy(keys).agg(...sums);
const from_posts = posts.lazy();
const chosen = from_posts.filter(pl.col("band").isIn(senior).and(pl.col("region").eq(pl.lit("r003"))));

// Each level from the one below, in one frame.
function rolled_up() {
  const finest = grouped(posts.lazy(), "grp", "fn", "region", "place").collectSync();
  const by_region = grouped(finest, "grp", "fn", "region");
  const by_fn = grouped(by_region, "grp", "fn");
  const by_group = grouped(by_fn, "grp");
  return [finest, by_region, by_fn, by_group, by_group.select(...sums)];
}

const questions = [
  () => [from_posts.select(...sums).collectSync()],
  () => [grouped(from_posts, "fn").collectSync()],
  () => [grouped(from_posts, "fn", "place").collectSync()],
  () => [grouped(from_posts, "org", "fn", "band").collectSync()],
  () => [grouped(chosen, "fn").collectSync()],
  rolled_up,
];
const keys = [[], ["fn"], ["fn", "place"], ["org", "fn", "band"], ["fn"], ["grp", "fn", "region", "place"]];

function show(number) {
  const lines = [];
  for (const frame of questions[number - 1]())
    for (const row of frame.toRecords())
      lines.push([...keys[number - 1].map((key) => row[key] ?? ""), row.cost, row.wte].join("|"));
  return lines.concat(".").join("\n");
}

function timed(body, times) {
  const start = process.hrtime.bigint();
  for (let i = 0; i < times; i++) body();
  return process.hrtime.bigint() - start;
}

function answer(line) {
  const [word, number, times] = line.split(" ");
  if (word === "show") return show(Number(number));
  if (word === "ask") return timed(questions[number - 1], Number(times));
  if (word === "load") return timed(() => pl.readCSV(path, { dtypes: types }), 1);
  return "?";
}

console.log("ready " + pl.version);
require("readline").createInterface({ input: process.stdin }).on("line", (line) => console.log(String(answer(line))));
