/** A moment of the process's clock, in its zone or in UTC. */
import { TemplateFailure } from "../failure";
import { inCalendar, SECOND } from "./calendar";
import { formatMoment, offsetText, type Written } from "./strftime";

/** A moment as the clock of this machine shows it. @param seconds - since 1970 began in UTC */
export function onClock(seconds: number, utc: boolean): Written {
  const micros = Number.isFinite(seconds) ? BigInt(Math.floor(seconds)) * SECOND : undefined;
  if (micros === undefined || !inCalendar(micros)) {
    throw new TemplateFailure("other", `strftime: no moment is ${seconds} seconds after 1970`);
  }
  if (utc) return { micros, offset: 0, zone: "GMT", isDatetime: false };
  const date = new Date(Math.floor(seconds) * 1000);
  const offset = -date.getTimezoneOffset() * 60;
  return {
    micros: micros + BigInt(offset) * SECOND,
    offset,
    zone: zoneName(date, offset),
    isDatetime: false,
  };
}

/** `strftime(format, localtime(seconds))`. @throws TemplateFailure */
export function formatSeconds(format: string, seconds: number, utc: boolean): string {
  return formatMoment(format, onClock(seconds, utc));
}

/** `CET`; where nobody made such a name, the offset. Names are American and European ones, as Intl knows no others in short. */
function zoneName(date: Date, offset: number): string {
  const names = ["en-US", "en-GB"].map((locale) =>
    new Intl.DateTimeFormat(locale, { timeZoneName: "short" })
      .formatToParts(date)
      .find((it) => it.type === "timeZoneName"),
  );
  const found = names.find((it) => /^(?!GMT[-+])[A-Z]{2,5}$/.test(it?.value ?? ""));
  return found?.value ?? offsetText(offset, "").replace(/00$/, "");
}
