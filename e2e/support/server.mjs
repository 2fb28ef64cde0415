// The real program on a database of its own, with the demo stores. It can be killed and started again.
import { spawn, spawnSync } from 'node:child_process';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

const binary = process.env.TABLEORDER_BIN;
const cluster = process.env.TEST_DATABASE_URL;

// Below the range that systems give out by themselves, and for each worker another part of it: between a look and its use
// nobody else takes a port.
const EACH = 1_000;
const first = 20_000 + EACH * Number(process.env.TEST_PARALLEL_INDEX ?? 9);

async function freePort() {
  const port = first + Math.floor(Math.random() * EACH);
  const free = await new Promise((resolve) => {
    const probe = createServer().once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
  return free ? port : freePort();
}

function databaseUrl(name) {
  const [base, query] = cluster.split('?');
  return base.replace(/\/[^/]*$/, `/${name}`) + (query ? `?${query}` : '');
}

async function sql(url, text, values) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text, values)).rows;
  } finally {
    await client.end();
  }
}

// Database and pictures with the demo stores, made once for all servers of a run (setup.mjs).
const template = process.env.TABLEORDER_TEMPLATE && JSON.parse(process.env.TABLEORDER_TEMPLATE);

export class Server {
  // `extra` configures it differently.
  static async start(extra = {}) {
    const server = await Server.prepare(extra);
    await server.serve();
    return server;
  }

  // Everything but the program.
  static async prepare(extra = {}) {
    const server = new Server();
    server.name = `e2e_${randomBytes(6).toString('hex')}`;
    server.media = await mkdtemp(join(tmpdir(), 'tableorder-media-'));
    server.port = await freePort();
    server.url = `http://127.0.0.1:${server.port}`;
    server.env = {
      ...process.env,
      DATABASE_URL: databaseUrl(server.name),
      LISTEN_ADDR: `127.0.0.1:${server.port}`,
      MEDIA_URL: `file://${server.media}`,
      TABLEORDER_ENV: 'local',
      JWT_SECRET: randomBytes(32).toString('hex'),
      BCRYPT_COST: '4',
      LOG_LEVEL: 'warn',
      ...extra,
    };
    if (template) {
      await sql(cluster, `CREATE DATABASE ${server.name} TEMPLATE ${template.name}`);
      await cp(template.media, server.media, { recursive: true });
      return server;
    }
    await sql(cluster, `CREATE DATABASE ${server.name}`);
    for (const command of ['migrate', 'seed-demo']) {
      const done = spawnSync(binary, [command], { env: server.env, encoding: 'utf8' });
      if (done.status !== 0) throw new Error(`${command}: ${done.stdout}${done.stderr}`);
    }
    return server;
  }

  async serve() {
    this.process = spawn(binary, ['serve'], { env: this.env, stdio: ['ignore', 'inherit', 'inherit'] });
    for (let tries = 0; tries < 100; tries += 1) {
      const answer = await fetch(`${this.url}/health/ready`).catch(() => undefined);
      if (answer?.ok) return;
      await sleep(100);
    }
    throw new Error('the server did not become ready');
  }

  // As a power cut would: no clean-up, no good-bye.
  async kill() {
    const gone = new Promise((resolve) => this.process.once('exit', resolve));
    this.process.kill('SIGKILL');
    await gone;
  }

  sql(text, values) {
    return sql(this.env.DATABASE_URL, text, values);
  }

  // A change of the menu as the admin's API makes it.
  async changeMenu(set, name) {
    await this.sql(`UPDATE menus SET ${set} WHERE name = $1 AND store_id = (SELECT id FROM stores WHERE code = 'demo')`, [name]);
    await this.sql(`SELECT touch_menu(id, now()) FROM stores WHERE code = 'demo'`);
  }

  // A manager's call of the API.
  async manage(method, path, body) {
    const call = (path, method, body, token) => fetch(`${this.url}/api/admin${path}`, {
      method,
      headers: { 'Content-Type': 'application/json', ...(token && { Authorization: `Bearer ${token}` }) },
      body: body && JSON.stringify(body),
    });
    const login = await fetch(`${this.url}/api/auth/admin-login`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ store: 'demo', username: 'admin', password: 'admin123' }),
    });
    const { token } = await login.json();
    const answer = await call(path, method, body, token);
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status}`);
    return answer.status === 204 ? undefined : answer.json();
  }

  async stop() {
    if (this.process && this.process.exitCode === null && this.process.signalCode === null) await this.kill();
    await sql(cluster, `DROP DATABASE ${this.name} WITH (FORCE)`);
    await rm(this.media, { recursive: true, force: true });
  }
}
