// SPDX-License-Identifier: Apache-2.0
// Workbooks as LibreOffice calculates them, sheet by sheet, against the frames that they were made from.
'use strict';
const fs = require('fs');
const path = require('path');
const { check, end } = require('./check.cjs')('workbooks');

const made = path.join(path.resolve(process.argv[2]), 'made');

function records(text) {
  const rows = [];
  let row = [];
  let field = '';
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    if (quoted && text[i] === '"' && text[i + 1] === '"') {
      field += text[++i];
    } else if (text[i] === '"') {
      quoted = !quoted;
    } else if (!quoted && text[i] === ',') {
      row.push(field);
      field = '';
    } else if (!quoted && text[i] === '\n') {
      rows.push([...row, field]);
      row = [];
      field = '';
    } else {
      field += text[i];
    }
  }
  return rows;
}

function sheet(book, name) {
  return records(fs.readFileSync(path.join(made, 'csv', `${book}-${name}.csv`), 'utf8'));
}

function sheets(book) {
  return sheet(book, 'Contents').slice(3).map((row) => row[0]);
}

// The rows below the headings, which stand below title and notes.
function body(rows, first) {
  const start = rows.findIndex((row) => row[0] === first);
  return start < 0 ? null : rows.slice(start + 1);
}

// Controls and marks are shown as escapes, long texts are cut: the beginning must be the same.
function sameText(cell, value) {
  return value === null ? cell === '[z]' : cell.slice(0, 15) === value.slice(0, 15);
}

function sameFigure(cell, value, display) {
  if (value === null || value === '[c]') {
    return cell === (value === null ? '[z]' : '[c]');
  }
  const scale = display === '£m' ? 1e6 : 1;
  const shown = cell.endsWith('%') ? Number(cell.slice(0, -1)) / 100 : Number(cell);
  return cell !== '' && Math.abs(shown * scale - value) <= Math.max(0.01, Math.abs(value) * 1e-9);
}

function compare(book, name, frame) {
  const rows = body(sheet(book, name), frame.columns[0].title);
  check(rows !== null && rows.length === frame.rows.length, `${book} ${name}: ${rows && rows.length} rows, not ${frame.rows.length}`);
  (rows || []).forEach((row, r) => frame.columns.forEach((column, c) => {
    const value = frame.rows[r][c];
    const same = column.display === 'text' ? sameText(row[c], value) : sameFigure(row[c], value, column.display);
    check(same, `${book} ${name}, row ${r + 1}, ${column.name}: ${row[c]} for ${value}`);
  }));
}

const hostile = JSON.parse(fs.readFileSync(path.join(made, 'hostile.json'), 'utf8'));
const names = sheets('hostile');
check(names.length === hostile.length, `hostile: ${names.length} sheets, not ${hostile.length}`);
names.forEach((name, index) => compare('hostile', name, hostile[index]));

// No cell of the board's workbook is an error or an empty figure, and its totals, which are formulas, are what the published figures say.
const all = sheets('nenc-options');
check(all.length > 30, `only ${all.length} sheets`);
for (const name of all) {
  for (const row of sheet('nenc-options', name)) {
    check(!row.some((cell) => /^(#|Err:)/.test(cell)), `nenc-options ${name}: ${row.join(',')}`);
  }
}
const board = sheet('nenc-options', 'board 1');
const total = board.find((row) => row[0] === 'Total');
check(Math.abs(Number(total[1]) - 100.307) < 1e-9 && Number(total[5]) === 1048, 'the board table does not come to the published total: ' + total.join(','));
const parts = body(board, 'group').slice(0, -1).reduce((sum, row) => sum + Number(row[1]), 0);
check(Math.abs(parts - 100.307) < 1e-9, 'the groups do not add up: ' + parts);

// A template that was filled: what its formulas had stored is gone, and they are what the new figures make of them.
const filled = sheet('return', 'Costs');
check(Math.abs(Number(filled[2][1]) - 100.307) < 1e-9 && Math.abs(Number(filled[0][1]) + Number(filled[1][1]) - 100.307) < 1e-9 && filled[2][2] === 'much',
  'the filled template: ' + JSON.stringify(filled));

end();
