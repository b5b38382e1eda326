// BigInt, async and generators, a class with private fields, a timer, an unhandled 'exit' listener.
'use strict';
class Solver {
    #factors = [7919n, 104729n];
    *parts(numbers) { for (const [at, n] of numbers.entries()) yield n * this.#factors[at]; }
    async solve(numbers) {
        let total = 0n;
        for (const part of this.parts(numbers)) total += await new Promise(done => setTimeout(done, 1, part));
        return total % 1000003n;
    }
}
process.on('exit', code => { if (code) console.error('bad'); });
(async () => {
    const chunks = [];
    for await (const chunk of process.stdin) chunks.push(chunk);
    const numbers = Buffer.concat(chunks).toString().trim().split(/\s+/).map(BigInt);
    const answer = await new Solver().solve(numbers);
    console.log(`${answer}`);
})();
