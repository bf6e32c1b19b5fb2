/** Codes of the machine API and the network to it (AS20… and AS21…). Titles are clauses; docs/errors.md is generated from them. */
import type { CodeEntry } from "./entry";

/** Codes of the machine API and the network to it. */
export const API_CODES = {
  AS2001: {
    title: "the API cannot be reached",
    why: "No connection could be made, or it was lost, and every safe retry failed too.",
    fix: "Check the endpoint and the network; for the lab: npx armstead lab status.",
  },
  AS2002: {
    title: "the deadline passed",
    why: "An operation did not end within its time limit.",
    fix: "Look at what was tried last; raise the timeout if the work is known to be slow.",
  },
  AS2003: {
    title: "the answer to a request was lost",
    why: "A request that must not be repeated blindly was sent, and no usable answer came back: it may or may not have taken effect.",
    fix: "Apply again: what was made is found by its tags and taken over.",
  },
  AS2101: {
    title: "the API refused the token",
    why: "The token is wrong, was revoked, or belongs to another service.",
    fix: "Set a valid token in auth_token or ARMSTEAD_AUTH_TOKEN; for the lab restart it and let endpoint = lab find its token.",
  },
  AS2102: {
    title: "the API denied access",
    why: "The token is valid but may not do this: a read-only key, or an object of another project.",
    fix: "Use a token of the project that may write.",
  },
  AS2103: {
    title: "the API knows no such object",
    why: "The id is wrong, or the object was deleted by somebody else.",
    fix: "Check the id and the project; a refresh drops what is gone from the state.",
  },
  AS2104: {
    title: "the API refused the request",
    why: "A value is not valid there, or the object is not in a state that allows it; the API's own words follow.",
    fix: "Change what the API's words name, then apply again.",
  },
  AS2105: {
    title: "the object is locked",
    why: "A locked device can be neither deleted nor reinstalled, so that it is not lost by mistake.",
    fix: "Set locked = false and apply, then destroy or reinstall.",
  },
  AS2106: {
    title: "no machine of this plan is to be had",
    why: "The place has no free machine of the device plan, or no provisionable hardware reservation.",
    fix: "Try later, another metro, or name more plans in fallback_plans.",
  },
  AS2107: {
    title: "the hardware reservation is not ready",
    why: "The reserved machine is in use or still being wiped after its last use.",
    fix: "Wait until it is provisionable, or raise timeouts.create.",
  },
  AS2108: {
    title: "the API limits the rate of requests",
    why: "Too many requests were made in too short a time, and every retry met the limit too.",
    fix: "Lower max_parallel_requests, or raise max_retries.",
  },
  AS2109: {
    title: "the API failed",
    why: "The service answered with an error of its own, and every safe retry failed too.",
    fix: "Try again later; give the request id to the service's support.",
  },
  AS2110: {
    title: "something other than the API answered",
    why: "The answer has no JSON content type or no request id, so a proxy or another server sent it.",
    fix: "Check the endpoint, its path prefix, and proxies on the way.",
  },
  AS2111: {
    title: "the device is still being provisioned",
    why: "The service deletes and changes devices only when provisioning has ended.",
    fix: "Wait until it is active or failed, then try again.",
  },
  AS2112: {
    title: "the API's answer does not fit the contract",
    why: "A field that cannot be done without is missing or has another type.",
    fix: "Check that the endpoint is a Packet-style API; report the request id if it is.",
  },
  AS2120: {
    title: "the device failed",
    why: "The service gave up on provisioning or reinstalling the machine; its last events are shown.",
    fix: "Apply again: the failed device is kept in the state as tainted and replaced.",
  },
  AS2121: {
    title: "the device did not become ready in time",
    why: "It did not reach the wanted state before the time limit; its last state and events are shown.",
    fix: "Apply again, which continues or replaces it; raise the timeout if such machines are known to be slow.",
  },
  AS2122: {
    title: "the device vanished while it was waited for",
    why: "The service took the device out of the account, as it does when provisioning on demand fails, or somebody deleted it.",
    fix: "Apply again, which makes another one.",
  },
  AS2123: {
    title: "the device is still there after its deletion",
    why: "The deletion was accepted, yet the API keeps showing the device as alive.",
    fix: "Destroy again; raise timeouts.delete if wiping is known to be slow.",
  },
  AS2124: {
    title: "the machine shows another host key",
    why: "The SSH host key differs from the one that was given or pinned: the machine was changed, or another one answers at its address.",
    fix: "If the change is known and meant, replace the device or name the new key in host_keys; otherwise find out who answers there.",
  },
  AS2125: {
    title: "objects of the claim are left",
    why: "Deleting the claim removes the devices and keys under it that no state ever had. Some could not be removed, or a refresh has found them in a state.",
    fix: "Unlock what is locked. Destroy or replace what resources have together with the claim. What no resource has any more goes with force_delete = true on the claim; to keep it, take its armstead-claim: tag off. Then destroy again.",
  },
  AS2126: {
    title: "the machine does not answer by SSH",
    why: "The device is active, but nothing at its address gave an SSH host key in time.",
    fix: "Look at its console; raise timeouts.create, or set wait_for_ssh = false.",
  },
} as const satisfies Record<string, CodeEntry>;
