import assert from "node:assert/strict";
import fc from "fast-check";
import { lastFirings, oldestGoodBackup } from "../../../cli/doctor/backup-age";
import { ageText, backupFindings } from "../../../cli/doctor/backup-finding";
import { now, someFacts, there } from "../../support/operator/vault-objects";

const iso = (date: Date | undefined) => date?.toISOString().slice(0, 16);

describe("the two last firings of a schedule", () => {
  // Checked by hand; 2026-11-21 is a Saturday.
  const rows: readonly (readonly [schedule: string, ...expected: readonly string[]])[] = [
    ["17 3 * * *", "2026-11-21T03:17", "2026-11-20T03:17"],
    ["0 12 * * *", "2026-11-21T12:00", "2026-11-20T12:00"],
    ["1 12 * * *", "2026-11-20T12:01", "2026-11-19T12:01"],
    ["*/15 * * * *", "2026-11-21T12:00", "2026-11-21T11:45"],
    ["5/20 * * * *", "2026-11-21T11:45", "2026-11-21T11:25"],
    ["30 1-23/6,2 * * *", "2026-11-21T07:30", "2026-11-21T02:30"],
    ["0 3 * * 1-5", "2026-11-20T03:00", "2026-11-19T03:00"],
    ["0 3 * * 0", "2026-11-15T03:00", "2026-11-08T03:00"],
    ["0 3 1 * *", "2026-11-01T03:00", "2026-10-01T03:00"],
    ["0 3 1 * 0", "2026-11-15T03:00", "2026-11-08T03:00"],
    ["0 3 1 */6 *", "2026-07-01T03:00", "2026-01-01T03:00"],
    ["0 3 29 2 *", "2024-02-29T03:00", "2020-02-29T03:00"],
    ["0 3 31 2 *"],
    ["99 3 * * *"],
    ["5-2 * * * *"],
    ["*/0 * * * *"],
    ["17 3"],
    ["1,,2 3-4-5 * *"],
  ];
  for (const [schedule, ...expected] of rows) {
    it(`of \`${schedule}\` are ${expected.join(" and ") || "none"}`, () => {
      assert.deepEqual(lastFirings(schedule, now).map(iso), expected);
    });
  }

  it("are in the past, the later one first, whatever the time is", () => {
    const schedules = ["17 3 * * *", "*/7 * * * *", "0 */5 * * *", "59 23 31 * *", "0 0 29 2 *"];
    const range = { min: new Date("2000-01-01T00:00:00Z"), max: new Date("2099-12-31T23:59:59Z"), noInvalidDate: true };
    fc.assert(
      fc.property(fc.constantFrom(...schedules), fc.date(range), (schedule, time) => {
        const [last, before, ...rest] = lastFirings(schedule, time);
        assert.ok(last && before && last <= time && before < last && rest.length === 0);
        assert.equal(iso(lastFirings(schedule, last)[0]), iso(last));
        assert.equal(iso(lastFirings(schedule, new Date(last.getTime() - 1))[0]), iso(before));
        const oldest = oldestGoodBackup(schedule, time);
        assert.ok(oldest && oldest < before);
      }),
    );
  });
});

describe("the age of the last snapshot", () => {
  const schedule = "17 3 * * *";
  const finding = (cronJob: object, settings: object = { backup: { schedule } }) => {
    const { vault } = someFacts({ settings });
    const [found, ...rest] = backupFindings(vault, there(cronJob), now);
    assert.deepEqual(rest, []);
    return `${found?.status ?? ""}: ${found?.text ?? ""}`;
  };
  const last = (lastSuccessfulTime: string) => ({ status: { lastSuccessfulTime } });

  it("is good for as long as one run may have failed, in every time zone", () => {
    assert.equal(finding(last("2026-11-21T03:17:09Z")), "ok: the last snapshot is 8 hours old");
    assert.equal(finding(last("2026-11-20T03:17:09Z")), "ok: the last snapshot is 32 hours old");
    for (const hours of [-11, 11]) {
      const time = new Date(Date.parse("2026-11-20T03:17:09Z") + hours * 3_600_000).toISOString();
      assert.match(finding(last(time)), /^ok: /, time);
    }
    const old = "the last snapshot is 2 days old, and more than two of `17 3 * * *` have passed";
    assert.equal(finding(last("2026-11-19T03:17:09Z")), `wrong: ${old}`);
  });

  it("is judged by the schedule", () => {
    const weekly = { backup: { schedule: "0 3 * * 0" } };
    assert.equal(finding(last("2026-11-08T03:00:09Z"), weekly), "ok: the last snapshot is 13 days old");
    assert.match(finding(last("2026-11-01T03:00:09Z"), weekly), /^wrong: the last snapshot is 20 days old/);
    const hourly = { backup: { schedule: "0 * * * *" } };
    assert.equal(finding(last("2026-11-21T11:00:09Z"), hourly), "ok: the last snapshot is 59 minutes old");
    assert.match(
      finding(last("2026-11-21T10:00:00Z"), hourly),
      /^wrong: the last snapshot is 120 minutes|^wrong: the last snapshot is 2 hours old/,
    );
  });

  it("is none at the beginning, and later that is wrong", () => {
    const made = (creationTimestamp: string) => ({ metadata: { creationTimestamp }, status: {} });
    assert.equal(finding(made("2026-11-21T11:00:00Z")), "ok: the first snapshot is yet to be made (`17 3 * * *`)");
    assert.equal(finding(made("2026-11-11T11:00:00Z")), "wrong: there has never been a snapshot");
    assert.equal(finding({}), "wrong: there has never been a snapshot");
  });

  it("is wrong where the CronJob is suspended, and unknown where the schedule never comes", () => {
    const suspended = { spec: { suspend: true }, ...last("2026-11-21T03:17:09Z") };
    assert.equal(finding(suspended), "wrong: snapshots are suspended (CronJob vault-backup)");
    const never = { backup: { schedule: "0 3 31 2 *" } };
    assert.equal(finding(last("2026-11-21T03:17:09Z"), never), "unknown: the schedule `0 3 31 2 *` never comes");
  });

  it("is told in the unit that a person thinks in", () => {
    const minutes = (count: number) => ageText(count * 60_000);
    assert.deepEqual([-5, 0, 119, 120, 47 * 60, 48 * 60, 9 * 1440].map(minutes), [
      "0 minutes",
      "0 minutes",
      "119 minutes",
      "2 hours",
      "47 hours",
      "2 days",
      "9 days",
    ]);
  });
});
