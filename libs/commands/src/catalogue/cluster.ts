import type { Indicator } from './port.ts';

/** Clusters and clouds that are asked, or changed, past those who run them. */
export const cluster: readonly Indicator[] = [
  {
    id: 'cluster-by-hand',
    family: 'container-escape',
    techniques: ['T1613', 'T1609', 'T1552.007'],
    weight: 0.5,
    says: 'speaks to the cluster’s own ports by hand',
    programs: ['curl', 'wget', 'http', 'nc', 'etcdctl', 'kubeletctl'],
    when: ({ program, text }) =>
      program === 'etcdctl'
        ? /get\s+(?:""|''|\/)?\s*.*--(?:prefix|from-key)/.test(text)
        : program === 'kubeletctl'
          ? text !== ''
          : /:(?:10250|10255)\/(?:pods|run|exec|logs|runningpods|containerLogs|attach)/.test(text) ||
            /:(?:6443|8443|443)?\/api\/v1\/(?:namespaces|secrets|pods|nodes)|kubernetes\.default(?:\.svc)?(?:[:/]|\s|$)/.test(
              text,
            ) ||
            /:2379\/v[23]\//.test(text),
  },
  {
    id: 'cluster-secrets-listed',
    family: 'credential-access',
    techniques: ['T1552.007', 'T1528'],
    weight: 0.42,
    says: 'takes the secrets of a whole cluster or of its system part',
    programs: ['kubectl', 'oc', 'k3s', 'helm'],
    when: ({ text }) =>
      /\bget\s+(?:\S+,)?secrets?\b/.test(text) &&
      (/(?:^|\s)(?:-A|--all-namespaces)(?:\s|$)/.test(text)
        ? true
        : /kube-system/.test(text) && /-o\s*(?:yaml|json)|jsonpath/.test(text)),
  },
  {
    id: 'cluster-counted-up',
    family: 'discovery',
    techniques: ['T1613', 'T1087.004'],
    weight: 0.42,
    says: 'takes stock of a whole cluster',
    programs: ['kubectl', 'oc', 'curl', 'nc', 'socat'],
    when: ({ program, text }) =>
      program === 'kubectl' || program === 'oc'
        ? /^cluster-info\s+dump/.test(text)
        : /(?:docker|containerd|podman)\.sock/.test(text) &&
          /\/(?:containers|images|secrets)\/?(?:json)?/.test(text),
  },
  {
    id: 'token-made',
    family: 'credential-access',
    techniques: ['T1528'],
    weight: 0.42,
    says: 'has a token made or shown that opens the cluster or the cloud',
    programs: ['kubectl', 'gcloud', 'find'],
    when: ({ program, text }) =>
      program === 'kubectl'
        ? !/kubernetes-dashboard/.test(text) &&
          /^create\s+token\b.*(?:default|admin|kube-system)|config\s+view\s+.*--raw/.test(text)
        : program === 'gcloud'
          ? /auth\s+activate-service-account\b.*\/tmp\//.test(text)
          : /serviceaccount/.test(text) && /token|namespace|ca\.crt/.test(text),
  },
  {
    id: 'cloud-rights-listed',
    family: 'discovery',
    techniques: ['T1087.004', 'T1069.003', 'T1526'],
    weight: 0.42,
    says: 'lists who may do what in a cloud account',
    programs: ['aws', 'az', 'gcloud', 'oci', 'doctl'],
    when: ({ text }) =>
      /\biam\s+(?:list-(?:users|groups|roles|attached-\w+-policies|policies|access-keys)|get-account-authorization-details)|\bad\s+(?:user|group|sp|app)\s+list|get-iam-policy|iam\s+(?:service-accounts|roles)\s+list|role\s+assignment\s+list|organizations\s+list-accounts/.test(
        text,
      ),
  },
  {
    id: 'cloud-secrets-taken',
    family: 'credential-access',
    techniques: ['T1555.006'],
    weight: 0.42,
    says: 'takes secrets out of a cloud account',
    programs: ['aws', 'az', 'gcloud', 'vault'],
    when: ({ program, text }) =>
      program === 'vault'
        ? /^(?:kv\s+)?list\b|^read\b.*(?:sys\/|creds)/.test(text)
        : /secretsmanager\s+(?:list-secrets|batch-get-secret-value)|ssm\s+get-parameters-by-path|ssm\s+describe-parameters|keyvault\s+(?:secret|key)\s+(?:list|show|download)|secrets\s+(?:versions\s+access|list)\b/.test(
            text,
          ),
  },
  {
    id: 'cloud-data-taken',
    family: 'exfiltration',
    techniques: ['T1530', 'T1537', 'T1619'],
    weight: 0.42,
    says: 'copies or opens what lies in a cloud account to somewhere else',
    programs: ['aws', 'az', 'gcloud', 'gsutil', 's3cmd', 'rclone'],
    when: ({ text }) =>
      /(?:sync|cp|get|mv)\b.*\b(?:s3|gs):\/\/\S+\s+(?:\/var)?\/(?:tmp|dev\/shm)|modify-(?:snapshot|image)-attribute\b.*(?:user-ids|all)|add-iam-policy-binding\b.*(?:imageUser|allUsers|allAuthenticatedUsers)|storage\s+blob\s+(?:download-batch|list)|put-bucket-(?:policy|acl)|s3api\s+list-objects|gsutil\s+iam\s+ch\s+allUsers|(?:cp|sync)\b.*s3:\/\/\S+\s+s3:\/\/\S+.*--recursive/.test(
        text,
      ),
  },
  {
    id: 'cloud-runs-command',
    family: 'lateral-movement',
    techniques: ['T1651'],
    weight: 0.45,
    says: 'runs commands on machines through their cloud account',
    programs: ['aws', 'az', 'gcloud'],
    when: ({ text }) =>
      /ssm\s+send-command|vm\s+run-command\s+(?:invoke|create)|compute\s+instances\s+add-metadata\b.*(?:startup-script|ssh-keys)/.test(
        text,
      ),
  },
  {
    id: 'cloud-machines-for-work',
    family: 'miner',
    techniques: ['T1578.002', 'T1496'],
    weight: 0.42,
    says: 'starts many or very large machines in a cloud account',
    programs: ['aws', 'gcloud', 'az'],
    when: ({ text }) =>
      /run-instances\b.*(?:--count\s+(?:[5-9]|\d{2,})|\s(?:p[2-5]|g[4-6]\w*|c\d\w*\.(?:1[26]|2\d)xlarge))/.test(
        text,
      ),
  },
  {
    id: 'system-bus-told',
    family: 'privilege-escalation',
    techniques: ['T1559', 'T1569.002'],
    weight: 0.45,
    says: 'tells a system service by hand to start or change something',
    programs: ['dbus-send', 'gdbus', 'busctl', 'qdbus'],
    when: ({ text }) =>
      /Manager\.(?:StartUnit|StartTransientUnit|EnableUnitFiles|SetEnvironment)|PolicyKit1|NetworkManager\.\S*GetSecrets|Accounts\.User\.Set/.test(
        text,
      ),
  },
];
