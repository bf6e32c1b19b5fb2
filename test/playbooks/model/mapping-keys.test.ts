import fc from "fast-check";
import { WholeFloat } from "../../../core/whole-float";
import { dataText, plainData } from "../../../playbooks/model/data-text";
import { keyName, keyValue, ownName, type KeyValue } from "../../../playbooks/model/mapping-keys";
import { parseYaml } from "../../../playbooks/model/yaml-document";
import { float } from "../../../playbooks/model/yaml-scalars";

const numeral = fc.nat().map(String);
const text = fc.oneof(
  fc.string({ unit: "binary" }),
  numeral,
  fc.constantFrom("\uf8ff1", "\uf8ff'1", "\uf8ff", "None", "1.0", "__proto__"),
);
const key = fc.oneof<fc.Arbitrary<KeyValue>[]>(
  text,
  fc.integer(),
  fc.bigInt().map((it) => (Number.isSafeInteger(Number(it)) ? Number(it) : it)),
  fc.double().map(float),
  fc.boolean(),
  fc.constant(null),
);

test("keyValue() gives back every key that keyName() took", () => {
  fc.assert(
    fc.property(key, (it) => {
      // -0 and 0 are one key.
      const same = it instanceof WholeFloat && it.value === 0 ? new WholeFloat(0) : it;
      expect(keyValue(keyName(it))).toEqual(same);
    }),
  );
});

test("objects keep the order of keys, and texts are no numbers", () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.oneof(text, fc.integer()), { selector: keyName }), (keys) => {
      const made = Object.fromEntries(keys.map((it, index) => [keyName(it), index]));

      expect(Object.keys(made).map(keyValue)).toEqual(keys);
      expect(keys.map((it) => made[ownName(made, it) ?? ""])).toEqual(keys.map((_, at) => at));
    }),
  );
});

test("1, 1.0 and true are one key, and '1' is another", () => {
  const made = { [keyName(1)]: "a" };

  expect([1, new WholeFloat(1), true].map((it) => ownName(made, it))).toEqual(
    Array(3).fill(keyName(1)),
  );
  expect(ownName(made, "1")).toBeUndefined();
});

test("what dataText() writes as YAML is read as the same data", () => {
  const leaf = fc.oneof(
    fc.string({ unit: "grapheme" }),
    fc.integer(),
    fc.double().map(float),
    fc.bigInt({ min: 2n ** 60n, max: 2n ** 90n }),
    fc.boolean(),
    fc.constant(null),
  );
  const { data } = fc.letrec((tie) => ({
    data: fc.oneof(
      { depthSize: "small" },
      leaf,
      fc.array(tie("data"), { maxLength: 4 }),
      fc
        .uniqueArray(
          fc.tuple(fc.oneof(fc.integer(), fc.string({ unit: "grapheme" })), tie("data")),
          {
            selector: ([it]) => keyName(it as KeyValue),
            maxLength: 4,
          },
        )
        .map((pairs) =>
          Object.fromEntries(pairs.map(([it, one]) => [keyName(it as KeyValue), one])),
        ),
    ),
  }));

  fc.assert(
    fc.property(data, (it) => {
      const content = dataText(it, { space: " ", yamlKeys: true });
      const read = parseYaml({ name: "a.yml", content });

      expect(read.faults).toEqual([]);
      expect(read.data).toEqual(it);
      expect(JSON.stringify(plainData(it))).toBeDefined();
    }),
    { numRuns: 200 },
  );
});
