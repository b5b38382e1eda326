// An ES module with top-level await, node: imports, a worker thread.
import { createInterface } from 'node:readline/promises';
import { stdin, stdout } from 'node:process';
import { Worker } from 'node:worker_threads';
const lines = createInterface({ input: stdin });
let sum = 0;
for await (const line of lines) {
    const [a, b] = line.split(' ').map(Number);
    const worker = new Worker('const { parentPort, workerData: d } = require("worker_threads"); parentPort.postMessage((d[0] * 7919 + d[1] * 104729) % 1000003)', { eval: true, workerData: [a, b] });
    sum = await new Promise((done, failed) => worker.on('message', done).on('error', failed));
}
stdout.write(sum + '\n');
