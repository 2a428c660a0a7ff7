// SPDX-License-Identifier: Apache-2.0
// An attacker with a solver of linear programs and all that is published: no figure by few may be known better than the rule allows, nor any
// difference between two tables by few. The equations are worked out here from the published tables alone.
'use strict';
const fs = require('fs');
const path = require('path');
const { check, end } = require('./check.cjs')('attack');

const folder = path.resolve(process.argv[2]);
const cases = JSON.parse(fs.readFileSync(path.join(folder, 'made/withheld.json'), 'utf8'));

const at = (frame, name) => frame.columns.findIndex((column) => column.name === name);

// Each total is the sum of the rows of detail that have its keys. A rounded figure may be 2 more or less, but a reader who knew it exactly, as here,
// would know no less.
function equations(frame, truth, name) {
  const level = at(frame, '#level');
  const keys = frame.columns.filter((column) => column.key).length;
  const column = at(frame, name);
  const found = [];
  frame.rows.forEach((row, number) => {
    if (row[level] >= keys || row[level] < 0) {
      return;
    }
    const parts = frame.rows.map((other, index) => index).filter((index) => frame.rows[index][level] === keys
      && frame.rows[index].slice(0, row[level]).every((key, k) => key === row[k]));
    const hidden = [[number, -1], ...parts.map((index) => [index, 1])].filter(([index]) => frame.rows[index][column] === '[c]');
    if (hidden.length > 0) {
      found.push({ hidden, sum: hidden.reduce((sum, [index, sign]) => sum + sign * truth.rows[index][column], 0) });
    }
  });
  return found;
}

// How many parts of a total are not nothing: noughts are shown, so a total is known to be that much.
function parts(frame, truth, number, posts) {
  const level = at(frame, '#level');
  const keys = frame.columns.filter((column) => column.key).length;
  const row = frame.rows[number];
  return row[level] >= keys || row[level] < 0 ? 0 : frame.rows.filter((other, index) => other[level] === keys && truth.rows[index][posts] > 0
    && other.slice(0, row[level]).every((key, k) => key === row[k])).length;
}

function program(direction, goal, found, hidden, floor) {
  const lines = [direction, ` obj: x${goal}`, 'Subject To'];
  found.forEach((one, index) => {
    lines.push(` e${index}: ` + one.hidden.map(([row, sign]) => `${sign < 0 ? '-' : '+'} 1 x${row}`).join(' ') + ` = ${one.sum}`);
  });
  lines.push('Bounds', ...hidden.map((row) => ` x${row} >= ${floor(row)}`), 'End');
  return lines.join('\n');
}

function range(highs, goal, found, hidden, floor) {
  if (!found.some((one) => one.hidden.some(([row]) => row === goal))) {
    return [floor(goal), Infinity];
  }
  const bound = (direction, unbounded) => {
    const result = highs.solve(program(direction, goal, found, hidden, floor));
    return result.Status === 'Optimal' ? result.ObjectiveValue : unbounded;
  };
  return [bound('Minimize', -Infinity), bound('Maximize', Infinity)];
}

function attack(highs, one, number) {
  const { published, truth, threshold, befores = [] } = one;
  let attacked = 0;
  const posts = at(published, 'posts');
  for (const name of ['posts', 'wte', 'cost']) {
    const column = at(published, name);
    const found = equations(published, truth, name);
    const hidden = published.rows.map((row, index) => index).filter((index) => published.rows[index][column] === '[c]');
    const floor = (row) => (name === 'posts' ? Math.min(1, truth.rows[row][column]) : 0);
    truth.rows.forEach((row, index) => {
      const count = row[posts];
      const differs = befores.some((before) => {
        const old = before.rows.find((other) => other.slice(0, 2).join('\n') === row.slice(0, 2).join('\n')
          && other[at(before, '#level')] === row[at(truth, '#level')]);
        return old && old[posts] !== count && Math.abs(old[posts] - count) < threshold;
      });
      if (!(count > 0 && count < threshold) && !differs) {
        return;
      }
      check(published.rows[index][column] === '[c]', `case ${number}: ${row.slice(0, 2)} shows ${name} by ${count} posts`);
      const [least, greatest] = range(highs, index, found, hidden, floor);
      const small = name === 'posts' && count < threshold;
      const need = small ? [Math.min(Math.max(1, parts(published, truth, index, posts)), count), threshold - 1] : name === 'posts' ? [count - threshold + 1, count + threshold - 1] : [row[column] * 0.8, row[column] * 1.2];
      attacked++;
      check(least <= need[0] + 1e-6 * Math.abs(need[0]) + 1e-6 && greatest >= need[1] - 1e-6 * Math.abs(need[1]) - 1e-6,
        `case ${number}: ${row.slice(0, 2)}: ${name} ${row[column]} is known to be ${least} to ${greatest}`);
    });
  }
  check(attacked > 5, `case ${number}: only ${attacked} figures were attacked`);
}

// ---- What differs between two tables ----

// What each post comes to in a row of an establishment, by its id.
function postsOf(table, row, level) {
  const [id, ...figures] = ['id', 'wte', 'in_post', 'cost'].map((name) => at(table.posts, name));
  const found = new Map();
  for (const post of table.posts.rows) {
    if (post.slice(0, level).every((key, k) => key === row[k])) {
      const before = found.get(post[id]) || [0, 0, 0];
      found.set(post[id], figures.map((column, k) => before[k] + post[column]));
    }
  }
  return found;
}

function differing(one, other) {
  const ids = new Set([...one.keys(), ...other.keys()]);
  return [...ids].filter((id) => [0, 1, 2].some((k) => Math.abs((one.get(id) || [0, 0, 0])[k] - (other.get(id) || [0, 0, 0])[k]) > 1e-6)).length;
}

// A reader who knows one table whole and which rows of the other are the same: what the rest differ by may be found out no better than to a fifth of it.
function attackPair(highs, before, after, threshold, name) {
  const { published, truth } = after;
  const level = at(published, '#level');
  const touched = published.rows.map((row) => differing(postsOf(before, row, row[level]), postsOf(after, row, row[level])));
  let attacked = 0;
  for (const measure of ['wte', 'cost']) {
    const column = at(truth, measure);
    const apart = truth.rows.map((row) => {
      const old = before.truth.rows.find((other) => other.slice(0, 2).join('\n') === row.slice(0, 2).join('\n')
        && other[at(before.truth, '#level')] === row[at(truth, '#level')]);
      return row[column] - (old ? old[column] : 0);
    });
    const direction = apart.map((value) => (value < 0 ? -1 : 1));
    const unknown = (row) => published.rows[row][at(published, measure)] === '[c]' && touched[row] > 0;
    const hidden = published.rows.map((row, index) => index).filter(unknown);
    const found = equations(published, truth, measure).map((one) => {
      const terms = one.hidden.filter(([row]) => unknown(row));
      return { hidden: terms.map(([row, sign]) => [row, sign * direction[row]]), sum: terms.reduce((sum, [row, sign]) => sum + sign * apart[row], 0) };
    }).filter((one) => one.hidden.length > 0);
    touched.forEach((count, row) => {
      if (count === 0 || count >= threshold) {
        return;
      }
      attacked++;
      const said = `${name}: ${truth.rows[row].slice(0, 2)}: ${measure} of ${count} posts`;
      check(published.rows[row][at(published, measure)] === '[c]', `${said} is shown`);
      const [least, greatest] = unknown(row) ? range(highs, row, found, hidden, () => 0) : [0, 0];
      const size = Math.abs(apart[row]);
      check(least <= size * 0.8 + 1e-3 && greatest >= size * 1.2 - 1e-3, `${said}, ${size}, is known to be ${least} to ${greatest}`);
    });
  }
  return attacked;
}

function attackTouching(highs, { threshold, tables }) {
  let attacked = 0;
  tables.forEach((after, number) => tables.slice(0, number).forEach((before, other) => {
    attacked += attackPair(highs, before, after, threshold, `plan ${number} beside ${other}`);
  }));
  check(attacked > 50, `only ${attacked} differences were attacked`);
}

(async () => {
  const highs = await require(path.join(folder, 'node_modules/highs'))();
  cases.forEach((one, index) => attack(highs, one, index + 1));
  attackTouching(highs, JSON.parse(fs.readFileSync(path.join(folder, 'made/touching.json'), 'utf8')));
  end();
})();
