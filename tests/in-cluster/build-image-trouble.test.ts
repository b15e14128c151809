import assert from "node:assert/strict";
import { ImageRun } from "../support/image/image-run";

const host = "harbor.example.com";
const failedPush = `error: failed to solve: failed to push ${host}/shop/api:aaa: `;
const url = `"https://${host}/v2/shop/api/blobs/uploads/"`;

/** In the words of BuildKit 0.32, whose last line starts with "error: ". */
const passing: readonly string[] = [
  `${failedPush}failed to do request: Head ${url}: dial tcp 10.0.0.1:443: connect: connection refused`,
  `${failedPush}failed to do request: Put ${url}: dial tcp: lookup ${host}: i/o timeout`,
  `${failedPush}failed to do request: Put ${url}: net/http: TLS handshake timeout`,
  `${failedPush}failed to copy: failed to do request: Put ${url}: write tcp 1.1.1.1:1->2.2.2.2:443: write: broken pipe`,
  `${failedPush}failed to copy: failed to do request: Put ${url}: EOF`,
  `${failedPush}unexpected status from POST request to https://${host}/v2/x: 503 Service Unavailable`,
  `${failedPush}unexpected status from PUT request to https://${host}:5000/v2/x: 502 Bad Gateway`,
  "error: failed to solve: node:24: failed to resolve source metadata for docker.io/library/node:24: unexpected status from HEAD request to https://registry-1.docker.io/v2/library/node/manifests/24: 429 Too Many Requests",
  "error: failed to solve: failed to fetch oauth token: unexpected status from POST request to https://auth.docker.io/token: 500 Internal Server Error",
  `error: failed to solve: dial tcp: lookup ${host} on 10.43.0.10:53: server misbehaving`,
];

const final: readonly (readonly [string, RegExp])[] = [
  [
    'error: failed to solve: process "/bin/sh -c curl x || echo connection refused 503" did not complete successfully: exit code: 1',
    /^the Dockerfile cannot be built: .*; see the lines above$/,
  ],
  [
    "error: failed to solve: dockerfile parse error on line 503: unknown instruction: FORM",
    /^the Dockerfile cannot be/,
  ],
  [
    'error: failed to solve: process "/bin/sh -c npm run build" did not complete successfully: exit code: 137',
    /; most likely it lacks memory: raise build\.resources\.memoryLimit$/,
  ],
  [
    "error: failed to receive status: rpc error: code = Unavailable desc = error reading from server: EOF",
    /lacks memory/,
  ],
  [
    "error: failed to solve: write /x: no space left on device",
    /^the build has no disk left: .*build\.resources\.disk$/,
  ],
  [
    `${failedPush}push access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed`,
    /^a registry refuses: /,
  ],
  [
    `${failedPush}unexpected status from HEAD request to https://${host}:5000/v2/x: 403 Forbidden`,
    /^a registry refuses: /,
  ],
  [
    `${failedPush}denied: adding 9.0 MiB of storage resource will exceed the configured upper limit`,
    /^a registry refuses: /,
  ],
  ["error: failed to solve: node:99: docker.io/library/node:99: not found", /^the image cannot be built: /],
  [
    `${failedPush}tls: failed to verify certificate: x509: certificate signed by unknown authority`,
    /^the image cannot/,
  ],
  [
    'error: failed to solve: failed to compute cache key: failed to calculate checksum of ref x::y: "/none": not found',
    /^the image/,
  ],
  ['error: failed to solve: target stage "none" could not be found', /^the image cannot be built: /],
  ["sh: buildctl-daemonless.sh: not found", /^the image cannot be built: .*not found/],
];

/** In the words of kaniko, which prints what a command of the Dockerfile prints as it is. */
const kanikoPassing: readonly string[] = [
  `error checking push permissions -- make sure you entered the correct tag name, and that you are authenticated correctly, and try again: checking push permission for "${host}/shop/api:a": creating push check transport for ${host} failed: Get "https://${host}/v2/": dial tcp 10.0.0.1:443: connect: connection refused`,
  `error pushing image: failed to push to destination ${host}/shop/api:a: POST https://${host}/v2/x: unexpected status code 503 Service Unavailable`,
  `error building image: error building stage: failed to get filesystem from image: read tcp: connection reset by peer`,
];

const kanikoFinal: readonly (readonly [string, RegExp])[] = [
  [
    "error pushing image: connection refused\nerror building image: error building stage: failed to execute command: waiting for process to exit: exit status 1",
    /^the Dockerfile/,
  ],
  [
    "error building image: error building stage: failed to execute command: waiting for process to exit: exit status 137",
    /lacks memory/,
  ],
  [
    `error pushing image: failed to push to destination x: UNAUTHORIZED: unauthorized to access repository`,
    /^a registry refuses/,
  ],
  [
    "error building image: parsing dockerfile: dockerfile parse error line 1: unknown instruction: FORM",
    /^the Dockerfile/,
  ],
];

for (const [builder, mayPass, stays] of [
  ["buildkit", passing, final],
  ["kaniko", kanikoPassing, kanikoFinal],
] as const)
  describe(`what the end of a build by ${builder} means`, () => {
    let run: ImageRun;

    beforeEach(() => {
      run = new ImageRun(builder);
    });

    afterEach(() => {
      run.remove();
    });

    const ended = (says: string, code = 1) => run.run({}, { code, says: `#5 0.1 a line\n${says}\n\n` });

    it("is 75 for trouble that passes", async () => {
      for (const says of mayPass) {
        const { code, sentence } = await ended(says);
        assert.equal(code, 75, says);
        assert.match(sentence, /^a registry cannot be reached now: .*; the step starts anew by itself$/);
        assert.equal(run.digest, undefined);
      }
    });

    it("is 1 for what stays", async () => {
      for (const [says, expected] of stays) {
        const { code, sentence } = await ended(says, 75);
        assert.deepEqual([code, expected.test(sentence)], [1, true], `${says}\n${sentence}`);
      }
    });

    it("is 75 for a daemon that does not start on a busy machine", async () => {
      const told = "could not connect to unix:///run/user/1000/buildkit/buildkitd.sock after 50 trials";
      const { code, sentence } = await ended(`${told}\n========== log ==========\nstarting`);
      assert.deepEqual(
        [code, sentence],
        [75, `BuildKit does not start: ${told}; its log stands above, and the step starts anew by itself`],
      );
    });

    it("is told by the builder's own last error, not by what runs in the build", async () => {
      const told = `${stays[0]?.[0] ?? ""}\n#9 1.0 connection refused`;
      assert.equal((await ended(told)).code, 1);
    });

    it("is a lack of memory when the builder itself is killed", async () => {
      const { code, sentence } = await ended("#7 2.0 compiling", 137);
      assert.deepEqual(
        [code, sentence],
        [
          1,
          "the build was stopped: #7 2.0 compiling (exit code: 137); most likely it lacks memory: raise build.resources.memoryLimit",
        ],
      );
    });
  });
