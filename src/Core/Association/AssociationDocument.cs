namespace RadiogenomicsCloud.Association;

/// <summary>What of a map is kept: plain data, from which tables and figures are made.</summary>
/// <param name="Cases">Cases of the map.</param>
/// <param name="Imaging">Mapped and unmapped features, in the order of their block.</param>
/// <param name="Covariates">What the map is adjusted for; empty where nothing.</param>
/// <param name="Tests">Pairs that were tested: the family of the multiplicity corrections.</param>
/// <param name="Edges">By increasing p, then by names; those of <see cref="MapCalls"/> and the smallest p besides.</param>
/// <param name="ImagingGroups">Groups of correlated features; every mapped feature is in one.</param>
/// <param name="Findings">The called edges by pair of groups: what counts as one.</param>
/// <param name="Picture">The matrix behind the heat map: representatives of groups, clustered.</param>
/// <param name="Notes">Sentences on what was left out and why.</param>
public sealed record AssociationDocument(
    int Cases,
    IReadOnlyList<MappedFeature> Imaging,
    IReadOnlyList<MappedFeature> Molecular,
    IReadOnlyList<string> Covariates,
    AssociationSettings Settings,
    long Tests,
    MapCalls Calls,
    IReadOnlyList<AssociationEdge> Edges,
    IReadOnlyList<FeatureGroup> ImagingGroups,
    IReadOnlyList<FeatureGroup> MolecularGroups,
    IReadOnlyList<GroupFinding> Findings,
    MapPicture Picture,
    IReadOnlyList<EnrichmentResult> Enrichment,
    IReadOnlyList<string> Notes);

/// <param name="Group">Index into the groups of its side; −1 where it was not mapped.</param>
/// <param name="NotMapped">Why not (constant, too few values); null where it was.</param>
public sealed record MappedFeature(string Name, string Source, FeatureScale Scale, int Present, int Group, string? NotMapped = null);

/// <summary>How many pairs are called at <see cref="AssociationSettings.Level"/>.</summary>
/// <param name="BenjaminiHochberg">By q over all tests.</param>
/// <param name="FamilyWise">By the permutation distribution of the greatest statistic (Westfall and Young); null without permutations.</param>
/// <param name="PermutationFdr">By the permutation estimate of the false discovery rate; null without permutations.</param>
/// <param name="CriticalP">The parametric p below which a pair is called family-wise; null without permutations.</param>
public sealed record MapCalls(long BenjaminiHochberg, long? FamilyWise, long? PermutationFdr, double? CriticalP);

/// <summary>One pair of features.</summary>
/// <param name="Imaging">Index into <see cref="AssociationDocument.Imaging"/>.</param>
/// <param name="Molecular">Index into <see cref="AssociationDocument.Molecular"/>.</param>
/// <param name="Measure">The field's name: <c>spearman</c>, <c>pearson</c>, <c>partial_spearman</c>, <c>rank_biserial</c>, <c>epsilon_squared</c>, <c>cramers_v</c>, <c>log_odds_ratio</c>, …</param>
/// <param name="Cases">With both values.</param>
/// <param name="Effect">In the units of the measure, with <paramref name="Low"/> and <paramref name="High"/> its 95 % interval; NaN where undefined.</param>
/// <param name="P">As R's test of that measure.</param>
/// <param name="Q">Benjamini–Hochberg over all tests.</param>
/// <param name="FamilyWiseP">Of the permutation maximum; null without permutations.</param>
/// <param name="PermutationQ">Of the permutation false discovery rate; null without permutations.</param>
/// <param name="Stability">Share of bootstrap samples in which the edge has the same direction and a parametric p of at most the level's threshold of the map; null without resamples.</param>
public sealed record AssociationEdge(
    int Imaging, int Molecular, string Measure, int Cases, double Effect, double Low, double High, double P, double Q,
    double? FamilyWiseP, double? PermutationQ, double? Stability);

/// <param name="Representative">Index of the member that is closest to the others.</param>
/// <param name="Members">Indexes of features, ascending.</param>
public sealed record FeatureGroup(int Representative, IReadOnlyList<int> Members);

/// <summary>All called edges between two groups.</summary>
/// <param name="Leading">Index into <see cref="AssociationDocument.Edges"/> of the one with the smallest p.</param>
/// <param name="Edges">How many are called.</param>
public sealed record GroupFinding(int ImagingGroup, int MolecularGroup, int Leading, int Edges);

/// <summary>A clustered matrix of effects.</summary>
/// <param name="Rows">Indexes of imaging features, in the order of the dendrogram.</param>
/// <param name="Columns">Indexes of molecular features, in the order of the dendrogram.</param>
/// <param name="Effects">Rows × columns, row after row, in [−1, 1]; NaN where undefined.</param>
/// <param name="Called">The same cells: whether the pair is called family-wise (by q without permutations).</param>
/// <param name="RowTree">Merges of the dendrogram, as R's <c>hclust</c>: children (negative: −(leaf + 1); positive: merge number from 1) and height.</param>
public sealed record MapPicture(
    IReadOnlyList<int> Rows, IReadOnlyList<int> Columns, IReadOnlyList<double> Effects, IReadOnlyList<bool> Called,
    IReadOnlyList<TreeMerge> RowTree, IReadOnlyList<TreeMerge> ColumnTree);

public sealed record TreeMerge(int Left, int Right, double Height);

/// <summary>A gene set among the genes that go with an imaging feature.</summary>
/// <param name="Imaging">Index into <see cref="AssociationDocument.Imaging"/>: the representative of a group.</param>
/// <param name="Method"><c>hypergeometric</c> or <c>gsea</c>.</param>
/// <param name="Size">Genes of the set that are in the map.</param>
/// <param name="Score">Genes in common, or the enrichment score.</param>
/// <param name="NormalisedScore">Of GSEA; null otherwise.</param>
public sealed record EnrichmentResult(int Imaging, string Set, string Method, int Size, double Score, double? NormalisedScore, double P, double Q);
