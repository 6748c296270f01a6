using RadiogenomicsCloud.Imaging;
using RadiogenomicsCloud.Radiomics;

namespace RadiogenomicsCloud.Pipeline.Extraction;

/// <summary>What is computed of every region, and under which names. Checked when it is made; safe to call from several threads.</summary>
public interface IExtractionPlan
{
    /// <summary>Which image of a case is meant, and which region where the command names none.</summary>
    ImageSelection Selection { get; }

    /// <summary>The voxels' value in a NIfTI mask where no region is named; null takes all that are inside. Contours have names, not values.</summary>
    int? Label { get; }

    /// <summary>The features in the order in which <see cref="Extract"/> gives them, whatever the region.</summary>
    IReadOnlyList<FeatureDefinition> Columns { get; }

    /// <summary>The features of one region, with the warnings of the computation but not those of the import.</summary>
    /// <exception cref="BadInputException">The region cannot be analysed.</exception>
    ExtractedFeatures Extract(ImportedImage image, CancellationToken cancel);
}
