namespace RadiogenomicsCloud.Association;

/// <summary>Genes that belong together.</summary>
/// <param name="Members">Names of columns of the molecular block; those that are not among them do not count.</param>
public sealed record GeneSet(string Name, IReadOnlyList<string> Members);
