'use strict';
// `node --require` of this: what the process held at most, in kB, is left in the file of BENCH_PEAK.
const { writeFileSync } = require('node:fs');
const process = require('node:process');

process.on('exit', () => {
  writeFileSync(process.env.BENCH_PEAK, String(process.resourceUsage().maxRSS));
});
