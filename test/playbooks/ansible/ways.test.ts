/** How a real ansible-playbook reaches hosts: through others, with keys of their own, passphrases and certificates. */
import { execFileSync } from "node:child_process";
import { copyFileSync, readFileSync } from "node:fs";
import path from "node:path";
import { Secret } from "../../../core/secret";
import { certify } from "../../support/certify";
import { type Sshd, startSshd } from "../../support/sshd";
import { ansible, AnsibleWorld } from "./ansible-world";

jest.setTimeout(60_000);

const world = new AnsibleWorld();

test("hosts are reached through another one, with a key of their own, and know their groups' variables", async () => {
  const content = `- hosts: all
  gather_facts: false
  tasks: [{ ansible.builtin.copy: { content: "{{ word }}", dest: "{{ folder }}/word" } }]
`;
  const { key, ...way } = world.sshd;
  const groupVars = { written: { word: "low" }, all: { word: "high" }, groups: {} };
  const inventory = { a: { ...world.host("a"), keyFile: "~/id", jump: way, groupVars } };

  const { report } = await world.run(ansible, {
    sources: [{ name: "site.yml", content }],
    input: { inventory },
    options: { key: undefined, keys: new Map([["~/id", key]]) },
  });

  expect(report.hosts.a).toMatchObject({ status: "ok", changed: 1 });
  expect(readFileSync(path.join(world.folder, "word"), "utf8")).toBe("high");
});

test("a bastion has a key of its own, keys have passphrases and certificates, and a key seen first is looked for behind it", async () => {
  const bastion = await startSshd();
  try {
    const content = "- hosts: all\n  gather_facts: false\n  tasks: [{ ansible.builtin.ping: }]\n";
    const passphrase = new Secret('it\'s "open" $sesame');
    const lock = (it: Sshd): Secret => {
      const file = path.join(it.folder, "locked");
      copyFileSync(it.keyFile, file);
      const how = ["-q", "-p", "-a", "1", "-P", "", "-N", passphrase.reveal(), "-f", file];
      execFileSync("ssh-keygen", how);
      return new Secret(readFileSync(file, "utf8"));
    };
    const { address, port, user, hostKeys } = bastion;
    const jump = { address, port, user, hostKeys, keyFile: "of the bastion" };
    const inventory = { a: { ...world.host("a"), hostKeys: [], jump } };
    const sources = [{ name: "site.yml", content }];
    const keys = new Map([["of the bastion", lock(bastion)]]);
    const key = certify(world.sshd, passphrase);

    const { report } = await world.run(ansible, {
      ...{ sources, input: { inventory } },
      options: { key, keys, passphrase },
    });
    const wrong = world.run(ansible, {
      ...{ sources, input: { inventory } },
      options: { key, keys, passphrase: new Secret("no") },
    });

    expect(report.hosts.a).toMatchObject({ status: "ok", hostKey: world.sshd.hostKeys[0] });
    await expect(wrong).rejects.toMatchObject({ code: "AS2216" });
  } finally {
    await bastion.stop();
  }
});
