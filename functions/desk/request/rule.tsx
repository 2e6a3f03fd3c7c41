/** The name of the rule or step, for whoever looks it up in the log or in `explain`. Nobody need read it. */
export const Rule = ({ rule }: { rule: string }) => (
  <span class="rule" title="The name of this step, as it stands in the log and in the dossier">
    {rule}
  </span>
);
