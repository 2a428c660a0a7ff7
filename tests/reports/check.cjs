// SPDX-License-Identifier: Apache-2.0
// What a test of reports says: `const { check, end } = require('./check.cjs')('pages')`.
'use strict';

module.exports = function (name) {
  let passed = 0;
  let failed = 0;
  return {
    check(ok, message) {
      if (ok) {
        passed++;
      } else {
        failed++;
        console.log(name + ': ' + message);
      }
    },
    // How many held; ends the process.
    end() {
      console.log(`${name}: ${passed} passed, ${failed} failed`);
      process.exit(failed === 0 ? 0 : 1);
    },
  };
};
