/**
 * What journalctl's complaints on standard error mean for us, with what would help; null where it is fine.
 * (Wording: journalctl.c and journal-util.c, systemd 246 to 257.)
 */
export function explainJournalctl(
  complaint: string,
): { readonly state: 'waiting' | 'unreadable' | 'following'; readonly reason: string } | null {
  if (/insufficient permissions|Permission denied|No journal files were opened/i.test(complaint)) {
    const reason =
      "no permission to read the journal: let the agent's user into the group systemd-journal, or run as root";
    return { state: 'unreadable', reason };
  }
  if (/not seeing messages from other users/i.test(complaint)) {
    const reason = "only this user's own messages are visible: for the others join the group systemd-journal";
    return { state: 'following', reason };
  }
  if (/No journal files were found|No such file or directory/i.test(complaint)) {
    return {
      state: 'waiting',
      reason: 'there is no journal on this machine yet: is systemd-journald running?',
    };
  }
  if (/Failed to|Data from the specified boot/i.test(complaint)) {
    return { state: 'waiting', reason: `journalctl: ${complaint.split('\n')[0]!.slice(0, 200)}` };
  }
  return null;
}
