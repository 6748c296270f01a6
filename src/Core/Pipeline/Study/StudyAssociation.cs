using RadiogenomicsCloud.Association;

namespace RadiogenomicsCloud.Pipeline;

/// <summary>The map between image and molecule that a study asks for.</summary>
/// <param name="Imaging">Sources of its imaging side; never empty.</param>
/// <param name="Molecular">Sources of its molecular side; never empty.</param>
/// <param name="Adjust">Columns of the clinical table or of any source that every pair is adjusted for.</param>
/// <param name="GeneSets">One of <see cref="GenomicsSettings.GeneSets"/>, looked for among the genes of the findings; null for none.</param>
public sealed record StudyAssociation(
    IReadOnlyList<string> Imaging, IReadOnlyList<string> Molecular, IReadOnlyList<string> Adjust, string? GeneSets, AssociationSettings Settings);
