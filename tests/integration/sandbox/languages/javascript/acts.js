const fs = require("fs");
const { spawn } = require("child_process");

const [what, ...numbers] = fs.readFileSync(0, "utf8").split(/\s+/).filter(Boolean);
const deep = (n) => (n ? 1 + deep(n - 1) : 0);

switch (what) {
  case "sum":
    console.log(numbers.map(Number).reduce((a, b) => a + b, 0));
    break;
  case "exit":
    console.log("before");
    process.exit(7);
  case "fail":
    throw new Error("on purpose");
  case "loop":
    for (;;);
  case "memory":
    for (const held = []; ; ) held.push(new Array(1 << 17).fill(held.length));
  case "spawn": {
    let count = 0;
    let refused = false;
    const more = () => {
      const child = spawn("sleep", ["60"], { stdio: "ignore" });
      child.on("error", () => {
        if (!refused) console.log(count);
        refused = true;
        process.exit(0);
      });
      child.on("spawn", () => {
        count++;
        more();
      });
    };
    more();
    break;
  }
  case "flood":
    for (const text = "x".repeat(1000); ; ) console.log(text);
  case "secret":
    console.log(["/etc/passwd", "/etc/shadow", "/root/.ssh", "/proc/1/environ"].find(fs.existsSync) || "refused");
    break;
  case "connect":
    require("net")
      .connect(80, "127.0.0.1", () => console.log("connected"))
      .on("error", () => console.log("refused"));
    break;
  case "leave":
    spawn("sleep", ["60"], { detached: true, stdio: "ignore" }).unref();
    console.log("left");
    break;
  case "file":
    console.log(fs.existsSync("note") ? "found" : "fresh");
    fs.writeFileSync("note", "x");
    break;
  case "deep":
    console.log(deep(20000));
}
