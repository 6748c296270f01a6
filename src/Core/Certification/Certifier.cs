using RadiogenomicsCloud.Imaging;
using RadiogenomicsCloud.Preprocessing;
using RadiogenomicsCloud.Radiomics;

namespace RadiogenomicsCloud.Certification;

/// <summary>Replays the data sets of IBSI 1 through the same path that every image of a cohort takes, and compares with the reference values.</summary>
public static class Certifier
{
    private const string NotInCatalogue = "the catalogue has no such feature";

    /// <summary>The digital phantom, which is part of the product: all families, all aggregations.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static Certificate DigitalPhantom(CancellationToken cancel)
    {
        var data = IbsiDataSet.Digital;
        return Compare(data, Features(data, Certification.DigitalPhantom.Image(), Certification.DigitalPhantom.Mask(), cancel), []);
    }

    /// <summary>The CT radiomics phantom under one configuration, with the diagnostics of its processing.</summary>
    /// <param name="image">In Hounsfield units, whole as it was published.</param>
    /// <param name="mask">Of the region <c>GTV-1</c>.</param>
    /// <exception cref="BadInputException">The image and mask do not fit, as <see cref="RadiomicsExtraction.Run"/> says.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static Certificate CtPhantom(IbsiDataSet configuration, Volume image, Mask mask, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return Compare(
            configuration,
            Features(configuration, image, mask, cancel),
            ImageDiagnostics.Compute(image, mask, configuration.Preprocessing, cancel));
    }

    private static IReadOnlyList<FeatureValue> Features(IbsiDataSet data, Volume image, Mask mask, CancellationToken cancel) =>
        RadiomicsExtraction.Run(image, mask, data.Preprocessing, data.Features, cancel).Values;

    private static Certificate Compare(IbsiDataSet data, IReadOnlyList<FeatureValue> features, IReadOnlyList<ImageDiagnostic> diagnostics)
    {
        var computed = features.ToDictionary(f => f.Definition.Tag, f => (f.Value, f.Missing), StringComparer.Ordinal);
        foreach (var (tag, value) in diagnostics)
            computed.Add(tag, (value, null));
        return new(data, [.. ReferenceTable.Of(data.Key).Select(row => computed.TryGetValue(row.Tag, out var found)
            ? new CertificateRow(row.Family, row.Tag, found.Value, row.Reference, found.Missing)
            : new CertificateRow(row.Family, row.Tag, double.NaN, row.Reference, NotInCatalogue))]);
    }
}
