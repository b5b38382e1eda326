// Takes memory that the heap's limit does not count
const held = [];
for (;;) held.push(new WebAssembly.Memory({ initial: 64 }), Buffer.alloc(1 << 22, 1));
