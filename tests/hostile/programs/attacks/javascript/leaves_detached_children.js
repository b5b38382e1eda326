// Leaves processes in sessions of their own that burn on
const { spawn } = require("child_process");
for (let i = 0; i < 8; i++)
  spawn("sh", ["-c", "while :; do :; done"], { detached: true, stdio: "ignore" }).unref();
