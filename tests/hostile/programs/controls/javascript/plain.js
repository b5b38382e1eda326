// Big integers, read by lines
require("readline").createInterface({ input: process.stdin }).on("line", (line) => {
  const [a, b] = line.split(" ").map(BigInt);
  console.log(String((a * 7919n + b * 104729n) % 1000003n));
});
