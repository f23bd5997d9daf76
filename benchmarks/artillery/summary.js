'use strict';
/** Prints what the reports of the load tests say, a line each; fails when the mixed one had too few requests a second. */
const { readFileSync } = require('node:fs');
const { basename } = require('node:path');

const LEAST_MIXED_PER_SECOND = 100;

for (const file of process.argv.slice(2)) {
  const test = basename(file, '.json');
  const { counters, summaries, firstMetricAt, lastMetricAt } = JSON.parse(readFileSync(file)).aggregate;
  const seconds = (lastMetricAt - firstMetricAt) / 1000;
  const failed = Object.entries(counters)
    .filter(([name]) => name.startsWith('errors.') || /^http\.codes\.[45]/.test(name))
    .reduce((sum, [, count]) => sum + count, 0);
  const perSecond = counters['http.requests'] / seconds;
  const times = summaries['http.response_time'];
  console.log(
    `${test}: ${counters['http.requests']} requests in ${seconds.toFixed(0)} s, ` +
      `${perSecond.toFixed(0)}/s, ${failed} failed, ` +
      `p50 ${times.p50} ms, p95 ${times.p95} ms, p99 ${times.p99} ms`,
  );
  if (test === 'mixed' && !(perSecond >= LEAST_MIXED_PER_SECOND)) {
    console.log(`mixed: fewer than ${LEAST_MIXED_PER_SECOND} requests a second`);
    process.exitCode = 1;
  }
}
