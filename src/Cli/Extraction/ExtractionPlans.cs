using RadiogenomicsCloud.Cli.Terminal;
using RadiogenomicsCloud.Imaging;
using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Pipeline.Extraction;
using RadiogenomicsCloud.Preprocessing;
using RadiogenomicsCloud.Radiomics;
using RadiogenomicsCloud.Radiomics.PyRadiomics;

namespace RadiogenomicsCloud.Cli.Extraction;

/// <summary>Makes the plan of a command: the settings file, over which the command's own options stand.</summary>
internal static class ExtractionPlans
{
    /// <summary>The only image and region there are.</summary>
    private static readonly ImageSelection None = new(null, null, null);

    /// <summary>Without a settings file nothing is resampled, and grey levels are 32 bins of the region's own range.</summary>
    private static readonly ImagingEntry Default = new(
        "image", None, new(Discretise: new(DiscretiseMethod.FBN, Bins: 32)), new([FeatureCatalogue.AllFamilies]));

    /// <exception cref="BadInputException">The file or the options are wrong.</exception>
    public static IExtractionPlan Create(ExtractOptions options)
    {
        var text = options.Settings is { } path ? TextFile.Read(path) : null;
        if (text is not null && PyRadiomicsParameters.Recognises(text, options.Settings!))
        {
            var parameters = PyRadiomicsParameters.Parse(text, options.Settings!);
            RefuseOthers(options, isParameterFile: true);
            foreach (var note in parameters.Notes)
                Messages.Warning($"{options.Settings}: {note}");
            return PyRadiomicsPlan.Of(parameters.Settings, Selection(options, None));
        }
        if (options.Names == FeatureNames.PyRadiomics)
            RefuseOthers(options, isParameterFile: false);
        if (text is null && options.Names == FeatureNames.PyRadiomics && options.Families.Count == 0)
            return PyRadiomicsPlan.Of(PyRadiomicsSettings.Default, Selection(options, None));
        var entry = text is not null ? StudyFile.ParseImaging(text, options.Settings!, options.Families.Count > 0 ? options.Families : null)
            : options.Names == FeatureNames.PyRadiomics ? Default with { Preprocessing = new() } : Default;
        var features = entry.Features;
        if (options.Families.Count > 0)
            features = features with { Families = options.Families };
        if (options.Aggregations.Count > 0)
            features = features with { Aggregations = options.Aggregations };
        entry = entry with { Features = features, Selection = Selection(options, entry.Selection) };
        return options.Names == FeatureNames.PyRadiomics ? PyRadiomicsPlan.Of(entry) : new ImagingPlan(entry, options.Diagnostics);
    }

    /// <summary>What the command says stands over what the file says, each by itself.</summary>
    private static ImageSelection Selection(ExtractOptions options, ImageSelection settings) =>
        settings with { Modality = options.Modality ?? settings.Modality, Description = options.Description ?? settings.Description };

    /// <summary>Options that PyRadiomics' features cannot follow.</summary>
    private static void RefuseOthers(ExtractOptions options, bool isParameterFile)
    {
        var (option, why) = options switch
        {
            { Diagnostics: true } => ("--diagnostics", "the diagnostic values are those of the standard's processing"),
            { Aggregations.Count: > 0 } => ("--aggregation", "each feature of PyRadiomics has one aggregation"),
            { Names: FeatureNames.Ibsi } when isParameterFile => ("--names ibsi", "a parameter file of PyRadiomics asks for its features; for the standard's, give settings in this program's own format"),
            { Families.Count: > 0 } when isParameterFile => ("--families", "'featureClass' of the parameter file says which features are wanted"),
            _ => (null, null),
        };
        if (option is not null)
            throw new BadInputException("extract.names", $"{option} does not go with PyRadiomics' features: {why}.", option);
    }
}
