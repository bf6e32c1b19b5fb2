# `ansible-playbook …/bootstrap.yml`, run on controller-0 itself.

BEGIN {
  load_state()
  for (i = 1; i < ARGC; i++) if (ARGV[i] == "--version") {
    out("ansible-playbook: scripted by the Armstead lab, not Ansible and not StarlingX")
    succeed()
  }
  parse_arguments("playbook+ -i,--inventory= -e,--extra-vars*= --ask-vault-pass --vault-password-file= -v,--verbose -b,--become", 1)
  if (ARG["playbook", "n"] > 1) refuse("ERROR! the lab's script runs one playbook at a time")
  BOOTSTRAP = "/usr/share/ansible/stx-ansible/playbooks/bootstrap.yml"
  playbook = ARG["playbook", 1]
  if (absolute(playbook) != BOOTSTRAP && absolute(playbook) != ROOT BOOTSTRAP)
    refuse("ERROR! the playbook: " one_line(playbook) " could not be found")
  if (ARG["inventory"] != "")
    refuse("ERROR! the lab's script bootstraps the machine on which it runs, without an inventory")
  if ("ask-vault-pass" in ARG) refuse("ERROR! the lab's script cannot ask for a password")
  folder = ENVIRON["HOME"]
  for (i = 1; i <= ARG["extra-vars", "n"]; i++) {
    if (index(ARG["extra-vars", i], "override_files_dir=") != 1)
      refuse("ERROR! the lab's script takes no extra variable but override_files_dir: " one_line(ARG["extra-vars", i]))
    folder = substr(ARG["extra-vars", i], 20)
  }
  advance()
  bootstrap(absolute(folder))
  succeed()
}
