#!/bin/sh
# What Ansible and its modules want to be there, and this machine perhaps has not: su and sudo, of which those in /usr belong
# to nobody here, and a user `op` who may use them with the password "op p4ss" (root's is
# "r00t p4ss"). /srv/www is served on port 8010, with programs in cgi-bin.
# Kernel modules are in the list of those that are built in, which a modprobe of its own changes: it finds all but
# those that are called `no…`, and keeps its calls in /etc/modprobe-calls.
mount -t tmpfs -o mode=755 none /usr/local/bin
ln -s /usr/bin/busybox /usr/local/bin/crontab
mkdir /dev/pts
mount -t devpts -o newinstance,ptmxmode=0666 none /dev/pts
ln -s pts/ptmx /dev/ptmx
mkdir -p /var/spool/cron/crontabs /etc/cron.d
for program in /usr/bin/su /usr/bin/sudo /usr/libexec/sudo/sudoers.so; do
  install -o 0 -g 0 -m 4755 $program /usr/local/bin/
done
echo 'Plugin sudoers_policy /usr/local/bin/sudoers.so' > /etc/sudo.conf
printf 'root ALL=(ALL) NOPASSWD: ALL\nop ALL=(ALL) ALL\nop ALL=(daemon) NOPASSWD: ALL\n' > /etc/sudoers
chmod 440 /etc/sudoers
echo 'op:x:2000:2000::/home/op:/bin/sh' >> /etc/passwd
echo 'op:x:2000:' >> /etc/group
echo 'op:$5$armstead$.nW3vFfzimzR/lGJtuAAg80gjnoYMIFYxOAR0iDTUy6:19000:0:99999:7:::' >> /etc/shadow
sed -i 's|^root:[^:]*|root:$5$armstead$w5Jyr0A1Q8R6iwg5wO1f72SxrwT06zboSvUe54xANL1|' /etc/shadow
mkdir -p -m 1777 /var/tmp
mkdir -p /srv/www
busybox httpd -p 127.0.0.1:8010 -h /srv/www
sed 's/:.*/:*::/' /etc/group > /etc/gshadow
ln -s /usr/sbin/xtables-nft-multi /usr/local/bin/iptables
mkdir -p /home/op
cp -r /root/.ssh /home/op
chown -R 2000:2000 /home/op
mkdir -p "/lib.new/modules/$(uname -r)"
echo kernel/net/built-in_one.ko > "/lib.new/modules/$(uname -r)/modules.builtin"
for it in /usr/lib/*; do [ "$it" = /usr/lib/modules ] || ln -s "$it" /lib.new/; done
# Without /lib only what is linked statically runs.
busybox sh -c 'busybox rm /lib; busybox mv /lib.new /lib'
cat > /usr/local/bin/modprobe <<'END'
#!/bin/sh
dry= remove= words=
for it; do
  case $it in -n | -D) dry=yes ;; -r) remove=yes ;; --) ;; *) words="$words $it" ;; esac
done
set -- $words
case $1 in no*) echo "modprobe: FATAL: Module $1 not found" >&2; exit 1 ;; esac
[ -z "$dry" ] || exit 0
echo "${remove:+-r }$*" >> /etc/modprobe-calls
list=/lib/modules/$(uname -r)/modules.builtin
others=$(grep -v "/$1.ko$" "$list")
{ echo "$others"; [ -n "$remove" ] || echo "kernel/$1.ko"; } > "$list"
END
chmod 755 /usr/local/bin/modprobe
