// SPDX-License-Identifier: Apache-2.0
// An attacker with a solver of linear programs and all that is published: no figure by few may be known better than the rule allows. The equations are
// worked out here from the published tables alone.
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

(async () => {
  const highs = await require(path.join(folder, 'node_modules/highs'))();
  cases.forEach((one, index) => attack(highs, one, index + 1));
  end();
})();
