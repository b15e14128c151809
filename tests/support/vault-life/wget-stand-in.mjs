// The flags of wget that in-cluster/vault-unseal.sh uses, with the exit codes and complaints of GNU wget.
import { readFileSync, writeFileSync } from "node:fs";
import { request } from "node:http";

const given = { headers: {} };
for (let args = process.argv.slice(2), arg = args.shift(); arg !== undefined; arg = args.shift()) {
  if (arg === "-nv") continue;
  else if (arg === "-t") given.tries = args.shift();
  else if (arg === "-O") given.file = args.shift();
  else if (arg === "--post-file") given.body = readFileSync(args.shift());
  else if (arg === "--header") {
    const [name, value] = args.shift().split(": ");
    given.headers[name] = value;
  } else if (arg.startsWith("-") || given.url) {
    console.error(`wget: unrecognized option '${arg}'`);
    process.exit(2);
  } else given.url = arg;
}

const proxy = process.env.http_proxy;
const { hostname, port, pathname } = new URL(proxy || given.url);
const method = given.body === undefined ? "GET" : "POST";
const { headers, body, file, url } = given;
request({ hostname, port, path: proxy ? url : pathname, method, headers, agent: false }, async (response) => {
  writeFileSync(file, "");
  if (response.statusCode !== 200) {
    console.error(`${url}:\n2026-01-01 00:00:00 ERROR ${response.statusCode}: ${response.statusMessage}.`);
    process.exit(8);
  }
  for await (const part of response) writeFileSync(file, part, { flag: "a" });
})
  .on("error", (error) => {
    console.error(error.message);
    process.exit(4);
  })
  .end(body);
