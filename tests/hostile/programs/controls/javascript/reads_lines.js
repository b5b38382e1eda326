// Reads line by line as contest templates do, with a global require and process.exit at the end.
const readline = require('readline');
const rl = readline.createInterface({ input: process.stdin, output: process.stdout, terminal: false });
const input = [];
rl.on('line', line => input.push(line)).on('close', () => {
    const [a, b] = input[0].split(' ').map(x => parseInt(x, 10));
    require('fs').writeFileSync('note.txt', String(a));
    const sorted = new Float64Array(2_000_000).fill(b).sort();
    process.stdout.write(((a * 7919 + sorted[5] * 104729) % 1000003).toString());
    process.exit(0);
});
