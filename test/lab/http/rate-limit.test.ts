import { RateLimiter, rateHeaders } from "../../../lab/http/rate-limit";

test("RateLimiter counts by key and window", () => {
  let now = 10_000;
  const limiter = new RateLimiter({ requests: 2, windowSeconds: 60 }, () => now);

  const seen = [limiter.take("a"), limiter.take("a"), limiter.take("a"), limiter.take("b")];
  now += 60_000;
  const later = limiter.take("a");

  expect(seen.map((it) => it.exceeded)).toEqual([false, false, true, false]);
  expect(seen.map((it) => it.remaining)).toEqual([1, 0, 0, 1]);
  expect(later.exceeded).toBe(false);
  expect(rateHeaders(later)).toEqual({
    "x-ratelimit-limit": "2",
    "x-ratelimit-remaining": "1",
    "x-ratelimit-reset": "130",
  });
});
