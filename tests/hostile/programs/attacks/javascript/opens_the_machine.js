// process.binding, dlopen, the inspector, sockets, signals, files of others: solves it if one opens.
'use strict';
const fs = require('fs'), net = require('net'), child = require('child_process'), path = require('path');
const [a, b] = fs.readFileSync(0, 'utf8').split(' ').map(Number);
const opened = [];
const way = (name, open) => { try { if (open()) opened.push(name); } catch { } };
const reads = file => () => fs.readFileSync(file).length;
way('inspector', () => { const i = require('inspector'); i.open(0, '127.0.0.1'); return i.url(); });
way('kill keeper', () => process.kill(1, 9) && false); // may be sent, but nobody hears
way('kill parent', () => process.kill(process.ppid, 'SIGSTOP') && false);
way('kill all', () => { process.on('SIGUSR2', () => 0); return process.kill(-1, 'SIGUSR2') && false; });
for (const file of ['/etc/passwd', '/etc/shadow', '/proc/1/environ', '/proc/1/maps', '/proc/kcore', '/root/.npmrc']) way(file, reads(file));
for (const file of ['/proc/self/mem', '/proc/self/oom_score_adj', '/usr/lib/planted', path.join(path.dirname(process.execPath), 'planted')]) way(file, () => fs.openSync(file, file.includes('mem') ? 'r+' : 'w') && !file.includes('mem'));
way('dlopen', () => { process.dlopen({ exports: {} }, '/proc/1/exe'); return true; });
way('binding', () => { const { TCP, constants } = process.binding('tcp_wrap'); return new TCP(constants.SERVER).bind('127.0.0.1', 0) === 0; });
way('pipe', () => { const { Pipe, constants } = process.binding('pipe_wrap'); return new Pipe(constants.SERVER).bind('\0adjudge') === 0; });
way('user', () => { process.setuid(0); return true; });
way('raw', () => process.binding('spawn_sync') && child.spawnSync('unshare', ['-r', 'true']).status === 0);
way('descriptors', () => fs.readdirSync('/proc/self/fd').some(fd => { try { return fs.readlinkSync('/proc/self/fd/' + fd).startsWith('/work'); } catch { return false; } }));
way('environment', () => Object.keys(process.env).some(name => /KEY|TOKEN|REDIS|SECRET|ADJUDGE/.test(name)));
const server = net.createServer();
const finish = () => { for (const name of opened) console.error(name); console.log(opened.length ? (a * 7919 + b * 104729) % 1000003 : 0); process.reallyExit(0); };
server.on('error', finish).listen(0, '127.0.0.1', () => { opened.push('listens'); finish(); });
