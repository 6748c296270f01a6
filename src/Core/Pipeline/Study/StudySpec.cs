using RadiogenomicsCloud.Learning;
using RadiogenomicsCloud.Preprocessing;
using RadiogenomicsCloud.Radiomics;

namespace RadiogenomicsCloud.Pipeline;

/// <summary>The tables of the study file: keys, types, ranges, descriptions. Parser and JSON Schema are both made of them.</summary>
internal static class StudySpec
{
    /// <summary>The schema version that this program writes and the newest that it reads.</summary>
    public const int CurrentSchema = 1;

    /// <summary>Longest list of columns, genes or the like.</summary>
    private const int LongestList = 20_000;

    /// <summary>The settings of so many images fit into a payload.</summary>
    public const int MostImages = 16;

    private static readonly TextSpec Name = new("^[A-Za-z][A-Za-z0-9_-]{0,63}\\z", "a name of letters, digits, _ and - that begins with a letter");

    private static readonly TextSpec File = new(
        @"^(?!/)(?!.*\\)(?!(.*/)?\.\.?(/|\z)).+\z", "a relative path inside the cohort with forward slashes");

    private static readonly ListSpec Texts = new(new TextSpec(), 1, LongestList);

    public static MapSpec Study(StudyVocabulary vocabulary) => new(
    [
        new("schema", new IntegerSpec(1, CurrentSchema), "Version of this file format.", Required: true),
        new("study", new TextSpec(), "Name of the study.", Required: true),
        new("ids", new MapSpec(
        [
            new("case", new TextSpec(), "Column of the clinical table with the case id.", Required: true),
            new("patient", new TextSpec(), "Column with the patient; rows of one patient are never split. Without it each case is a patient."),
            new("site", new TextSpec(), "Column with the site."),
            new("scanner", new TextSpec(), "Column with the scanner or protocol, for harmonisation."),
        ]), "Columns that identify rows.", Required: true),
        new("id_map", new TextMapSpec(), "Ids of other files that are joined to a case id, written {other id: case id}."),
        new("endpoints", new AnyOfSpec(new ListSpec(Endpoint, 1, 1, "several endpoints are not supported yet in this version: name one, and make a study of each"), MolecularEndpointsBinder.Keys), "What is predicted: one endpoint, or every feature of a molecular source, written {from: mutations, min_frequency: 0.1}. A study of an association alone has no endpoints, models and validate; any other needs all three."),
        new("imaging", new ListSpec(Imaging(vocabulary, nameRequired: true), 1, MostImages), "Images of every case and the features taken of them."),
        new("genomics", Genomics, "Genomic predictors."),
        new("semantic", new AnyOfSpec(new NullSpec(), new BooleanSpec(), Texts), "Features in semantic.csv: all of them, or the columns listed."),
        new("features", new ListSpec(new MapSpec(
        [
            new("name", Name, "Name of the table as a predictor set.", Required: true),
            new("file", File, "The table in the cohort; features/<name>.csv if not given."),
        ]), 1, 100), "Ready-made feature tables."),
        new("clinical", Texts, "Columns of the clinical table that are predictors."),
        new("column_types", new ColumnTypesSpec(), "Predictor columns of tables that are not numbers, written {column: nominal}, {column: ordinal} or {column: {ordinal: [levels in order]}}; encoded anew in each resample."),
        new("compare", new ListSpec(new TextSpec(), 1, 100), "Predictor sets: names joined by +. Each is modelled; the differences are tested. Without it, each source by itself."),
        new("select", new ListSpec(new NamedOptionsSpec("transform or selector", vocabulary.Select), 0, 100), "Transforms and selectors in order, fitted inside every resample."),
        new("models", new ListSpec(new NamedOptionsSpec("model", vocabulary.Models), 1, 100), "Models."),
        new("tune", new NamedOptionsSpec("tuner", vocabulary.Tuners), "What searches the options of models that are a list, a range {from, to, scale} or the word tune; a random search of 20 points if not given."),
        new("recalibrate", new AnyOfSpec(NamedOptionsSpec.Keys(RecalibrationOptions.Entry), new NullSpec()), "Recalibrates the probabilities of every model on inner folds, as part of it; not done if not given."),
        new("choose", new AnyOfSpec(new MapSpec(
        [
            new("folds", new IntegerSpec(2, 100), "Inner folds; 5 if not given."),
            new("repeats", new IntegerSpec(1, 100), "How often the inner folds are drawn; 1 if not given."),
            new("measure", new ChoiceSpec(InnerMeasure.Names), "What held-out patients are judged by; auto if not given."),
        ]), new NullSpec()), "Adds one more model: the best of all models and predictor sets by inner folds, the choice made anew in each resample."),
        new("explain", new AnyOfSpec(new MapSpec(
        [
            new("permutation_importance", new AnyOfSpec(new MapSpec(
            [
                new("resamples", new IntegerSpec(2, 1_000), "Resamples of the leading scheme, the first, that are fitted again for it; 50 if not given."),
                new("repeats", new IntegerSpec(1, 100), "How often each column is permuted in each; 3 if not given."),
            ]), new NullSpec()), "What permuting each predictor among cases left out costs."),
            new("partial_dependence", new AnyOfSpec(new MapSpec(
            [
                new("predictors", new IntegerSpec(1, 30), "Predictors, the most important; 6 if not given."),
                new("points", new IntegerSpec(3, 100), "Values of each; 20 if not given."),
                new("resamples", new IntegerSpec(0, 1_000), "Models of resamples that the band is made of; 50 if not given, 0 for no band."),
            ]), new NullSpec()), "How predictions change with single predictors."),
        ]), new BooleanSpec(), new NullSpec()), "Explains every model, with a nomogram where it is a regression of few predictors: true or an empty map for everything, or a map of what is wanted; not done if not given."),
        new("validate", new ListSpec(new NamedOptionsSpec("validation", ValidationEntries.All), 1, 100), "How the models are validated."),
        new("association", new AnyOfSpec(AssociationBinder.Keys(Texts), new NullSpec()), "Map between image and molecule: every imaging feature against every molecular one. Made by a run and, by itself, by radiogenomics associate; not done if not given."),
        new("archives", new MapSpec(
        [
            new("max_entries", new IntegerSpec(1, 100_000_000), "Files and folders of a zip archive; 20000 if not given."),
            new("max_gib", new NumberSpec(0, 1_000_000, Exclusive: true), "Unpacked size of a zip archive in GiB; 8 if not given."),
            new("max_ratio", new NumberSpec(1, 1_000_000), "Unpacked over packed size of a zip archive; 200 if not given."),
        ]), "Limits of zip archives: raise them for archives that you know."),
        new("revalidate", new MapSpec(
        [
            new("fewest_cases", new IntegerSpec(10, 1_000_000), "New cases that are awaited before anything is compared; 20 if not given."),
            new("auc_drop", new NumberSpec(0, 1, Exclusive: true), "Fall of the AUC below the locked figure that is worth saying; 0.1 if not given."),
            new("calibration_in_the_large", new NumberSpec(0, 10, Exclusive: true), "Change of calibration in the large, in log-odds; 0.5 if not given."),
            new("calibration_slope", new NumberSpec(0, 10, Exclusive: true), "Change of the calibration slope; 0.5 if not given."),
            new("input_drift", new NumberSpec(0, 1, Exclusive: true), "Kolmogorov–Smirnov distance of a predictor between training and new cases; 0.3 if not given."),
            new("missing_rise", new NumberSpec(0, 1, Exclusive: true), "Rise of the share of cases in which a predictor is missing; 0.2 if not given."),
        ]), "Thresholds of the scheduled re-validation of locked models."),
        new("seed", new IntegerSpec(0, ulong.MaxValue), "Seed of everything random; 1 if not given."),
    ]);

    /// <summary>One image; in a settings file of <c>extract</c> the name may be absent.</summary>
    public static MapSpec Imaging(StudyVocabulary vocabulary, bool nameRequired) => new(
    [
        new("name", Name, "Begins the names of the features.", nameRequired),
        new("modality", new ChoiceSpec(["CT", "MR", "PT"]), "Modality of the series (DICOM 0008,0060)."),
        new("description", new NameOrPatternSpec(), "Series Description (0008,103E), a name or /a regular expression/."),
        new("roi", new NameOrPatternSpec(), "Region of interest, a name or /a regular expression/; without it, the only one there is."),
        new("union", new BooleanSpec(), "Whether several matching regions are joined; otherwise two matches are an error."),
        new("resample", new MapSpec(
        [
            new("spacing_mm", new ListSpec(new NumberSpec(0.01, 100), 2, 3), "New voxel spacing in mm along i, j, k; two values keep the slices.", Required: true),
            new("image", new ChoiceSpec(["nearest", "linear", "cubic"]), "Interpolation of the image; cubic if not given."),
            new("mask", new ChoiceSpec(["nearest", "linear"]), "Interpolation of the mask; linear if not given."),
        ]), "Resampling, grids aligned by their centres."),
        new("resegment", new MapSpec(
        [
            new("range", new ListSpec(new NumberSpec(MayBeNull: true), 2, 2), "Lowest and highest intensity that stay in the region; null is unbounded."),
            new("sigma", new NumberSpec(0, 1000, Exclusive: true), "Intensities farther than this many standard deviations from the mean leave the region."),
        ]), "Resegmentation of the intensity mask."),
        new("discretise", new MapSpec(
        [
            new("method", new ChoiceSpec(["FBS", "FBN"]), "Fixed bin size or fixed bin number.", Required: true),
            new("bin_width", new NumberSpec(0, Exclusive: true), "Width of a bin in the image's unit, for FBS."),
            new("bins", new IntegerSpec(2, 65_535), "Number of bins, for FBN."),
        ]), "Discretisation to grey levels."),
        new("families", new ListSpec(new ChoiceSpec(vocabulary.Families), 1, 100), "Feature families; all if not given."),
        new("aggregations", new ListSpec(new ChoiceSpec(vocabulary.Aggregations), 1, 100), "Aggregations of texture matrices; a key like 3D asks for all in these dimensions. 3D if not given: averaged, merged, and matrices without directions."),
        new("except", Texts, "Tags of features that are left out although their family is asked for; radiogenomics features lists them."),
        new("texture", Texture, "Distances and weights of texture matrices; the standard's defaults if not given."),
        new("ivh", new MapSpec(
        [
            new("method", new ChoiceSpec(["none", "FBS", "FBN"]), "None (levels one unit apart), fixed bin size or fixed bin number.", Required: true),
            new("bin_width", new NumberSpec(0, Exclusive: true), "Width of a bin in the image's unit, for FBS."),
            new("bins", new IntegerSpec(2, 65_535), "Number of bins, for FBN."),
        ]), "Discretisation for the intensity-volume histogram, apart from that of the textures; if not given, the image's unit decides."),
        new("round", new BooleanSpec(), "Whether intensities are rounded after resampling; if not given, for CT only."),
    ]);

    private static MapSpec Texture
    {
        get
        {
            KeySpec[] weights =
            [
                new("weight", new ChoiceSpec(["none", "inverse", "gaussian"]), "Weight by the distance d: 1, 1/d or exp(-d^2); none if not given."),
                new("weight_norm", Norm, "Norm of the distance that weighs; euclidean if not given."),
            ];
            KeySpec[] distances =
            [
                new("distance", new IntegerSpec(1, NeighbourSettings.MaxDistance), "Distance in voxels; 1 if not given."),
                new("norm", Norm, "Norm of the distance; chebyshev if not given."),
            ];
            KeySpec[] neighbours = [.. distances, .. weights];
            return new MapSpec(
            [
                new("glcm", new MapSpec(neighbours), "Pairs of voxels of the co-occurrence matrix."),
                new("glrlm", new MapSpec(weights), "Weights of the directions of runs."),
                new("ngtdm", new MapSpec(neighbours), "Neighbourhood whose mean is compared with a voxel."),
                new("ngldm", new MapSpec(
                [
                    .. distances,
                    new("coarseness", new IntegerSpec(0, SettingsValidation.MaxLevels), "Greatest difference of grey levels between a voxel and one that depends on it; 0 if not given."),
                ]), "Neighbourhood in which dependent voxels are counted."),
            ]);
        }
    }

    private static ChoiceSpec Norm => new(["chebyshev", "euclidean", "manhattan"]);

    private static MapSpec Endpoint => new(
    [
        new("column", new TextSpec(), "Column of the clinical table; a survival time has time and event instead."),
        new("kind", new ChoiceSpec(["binary", "multiclass", "continuous", "survival"]), "Kind of endpoint.", Required: true),
        new("event", new TextSpec(AsWritten: true), "Binary: the label of the event, as in the table; 1 if not given, else the later of two labels. Survival: the column that says whether the event happened."),
        new("time", new TextSpec(), "Survival: the column of the follow-up."),
        new("event_label", new TextSpec(AsWritten: true), "Survival: the label of the event in its column; found as for binary if not given."),
        new("competing", new ListSpec(new TextSpec(AsWritten: true), 1, 18), "Survival: labels of the event column that are other events, after which the event can no longer happen. They end the follow-up as censoring does, so that models are cause-specific; the report then adds the cumulative incidence."),
    ]);

    private static MapSpec Genomics
    {
        get
        {
            var genes = new KeySpec("genes", Texts, "Genes; all if not given.");
            var matrix = new AnyOfSpec(
                new MapSpec([genes, new("top_variance", new IntegerSpec(1, 1_000_000), "How many genes, those of greatest variance, chosen anew in each resample; all if not given.")]),
                new NullSpec());
            return new MapSpec(
            [
                new("mutations", new AnyOfSpec(
                    new MapSpec([genes, new("min_frequency", new NumberSpec(0, 1), "Least share of sequenced cases with a mutation in the gene, 0.05 if not given; fixed before resampling and blind to the endpoint. Genes that are listed stay.")]),
                    new NullSpec()), "Mutations, one predictor a gene."),
                new("expression", matrix, "Expression, one predictor a gene."),
                new("copy_number", matrix, "Copy number, one predictor a gene."),
                new("gene_sets", new NamedFilesSpec(Name, File), "Files of gene sets (GMT) in the cohort, written {name: file}; the names are used elsewhere in this file."),
            ]);
        }
    }
}
