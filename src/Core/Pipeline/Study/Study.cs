using System.Text.Json.Serialization;
using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Imaging;
using RadiogenomicsCloud.Imaging.Archives;
using RadiogenomicsCloud.Learning;
using RadiogenomicsCloud.Preprocessing;
using RadiogenomicsCloud.Radiomics;
using RadiogenomicsCloud.Validation;

namespace RadiogenomicsCloud.Pipeline;

/// <summary>
/// A study file that was read and found consistent. Immutable; every part serialises by <see cref="CanonicalJson"/>, so that it can be
/// the input of a step and be hashed. Absent optional parts are null or empty.
/// </summary>
/// <param name="Name">Key <c>study</c>.</param>
/// <param name="IdMap">From an id in some file to the case id; sorted ordinally.</param>
/// <param name="Clinical">Columns of the clinical table that are predictors.</param>
/// <param name="Endpoints">What is predicted; empty only where the study is of a map alone (see <see cref="HasModels"/>).</param>
/// <param name="Compare">Predictor sets, each modelled by itself, in order; empty only with <paramref name="Models"/>.</param>
/// <param name="Select">Transforms and selectors, in order.</param>
/// <param name="Models">Models; each is fitted to each predictor set; empty only where the study is of a map alone.</param>
/// <param name="Seed">Seed of everything random; 1 where the file has none.</param>
public sealed record Study(
    int Schema,
    string Name,
    StudyIds Ids,
    SortedDictionary<string, string> IdMap,
    IReadOnlyList<StudyEndpoint> Endpoints,
    IReadOnlyList<ImagingEntry> Imaging,
    GenomicsSettings? Genomics,
    SemanticSettings? Semantic,
    IReadOnlyList<FeatureTable> Features,
    IReadOnlyList<string> Clinical,
    IReadOnlyList<PredictorSet> Compare,
    IReadOnlyList<NamedOptions> Select,
    IReadOnlyList<NamedOptions> Models,
    StudyValidation Validate,
    ulong Seed)
{
    /// <summary>Limits of zip archives; null for those that stand without the study's word.</summary>
    public ArchiveLimits? ArchiveLimits { get; init; }

    /// <summary>How the probabilities of every model are recalibrated as part of it; null where they are not.</summary>
    public NamedOptions? Recalibrate { get; init; }

    /// <summary>How the best of all models and predictor sets is chosen, as one more procedure whose choice is resampled too; null where none is.</summary>
    public ChoiceSettings? Choose { get; init; }

    /// <summary>What is told of every model beside its worth; null where nothing is.</summary>
    public ExplainSettings? Explain { get; init; }

    /// <summary>Predictor columns that are not numbers, by name; null where there are none.</summary>
    public SortedDictionary<string, ColumnType>? ColumnTypes { get; init; }

    /// <summary>What searches the options of models; null where the study says nothing. Every model that needs it has it too.</summary>
    public NamedOptions? Tune { get; init; }

    /// <summary>When a scheduled re-validation raises its voice; null for the thresholds that stand without the study's word.</summary>
    public SurveillanceThresholds? Revalidate { get; init; }

    /// <summary>The map between image and molecule; null where none is asked for.</summary>
    public StudyAssociation? Association { get; init; }

    /// <summary>Many endpoints, one each feature of a molecular source; <see cref="Endpoints"/> then holds one that stands for all. Null where it names them itself.</summary>
    public MolecularEndpoints? MolecularEndpoints { get; init; }

    /// <summary>Whether anything is predicted. Where not, there are no endpoints, predictor sets, models and validation, and the study is of a map alone.</summary>
    [JsonIgnore]
    public bool HasModels => Models.Count > 0;

    /// <summary>The file of gene sets that the map looks for; null where it looks for none.</summary>
    [JsonIgnore]
    public string? GeneSetsOfMap => Association?.GeneSets is { } name ? Genomics!.GeneSets![name] : null;

    /// <summary>Refuses a study of a map alone where models are to be made.</summary>
    /// <exception cref="BadInputException">It has no models.</exception>
    public void RequireModels()
    {
        if (!HasModels)
            throw new BadInputException("study.no-models", $"The study '{Name}' has no endpoints, models and validate; the command associate makes its map, and a run needs these keys too.", "models");
    }

    /// <summary>The map that the study asks for.</summary>
    /// <exception cref="BadInputException">It asks for none.</exception>
    public StudyAssociation RequireAssociation() => Association ?? throw new BadInputException(
        "study.no-association",
        $"The study '{Name}' asks for no map: add the key association to the study file; 'association: {{}}' takes every imaging and every molecular source.", "association");
}

/// <summary>Columns of the clinical table that identify rows. Without <paramref name="Patient"/>, each case is a patient.</summary>
/// <param name="Scanner">A column that, as the site, may tell rows apart that were made elsewhere; never a predictor.</param>
public sealed record StudyIds(string Case, string? Patient = null, string? Site = null, string? Scanner = null);

/// <summary>What is predicted.</summary>
/// <param name="Column">Column of the clinical table; of a survival time, the one that says whether the event happened.</param>
/// <param name="Event">The label of the event, as written in the table; null takes <c>1</c>, or the later of two labels in ordinal order.</param>
/// <param name="Time">Column of the follow-up; null but for a survival time.</param>
public sealed record StudyEndpoint(string Column, EndpointKind Kind, string? Event = null, string? Time = null)
{
    /// <summary>The molecular source that <see cref="Column"/> is of; null for the clinical table.</summary>
    public string? Source { get; init; }

    /// <summary>Survival: labels of events after which the event can no longer happen; null where there are none.</summary>
    public IReadOnlyList<string>? Competing { get; init; }
}

/// <summary>Features of a molecular source that are predicted, each by models of its own.</summary>
/// <param name="From">One of the study's genomic sources; no predictor set has it.</param>
/// <param name="MinFrequency">Mutations: the least share of sequenced cases with one; null takes every gene that the study reads.</param>
public sealed record MolecularEndpoints(string From, double? MinFrequency = null);

/// <summary>What the values of a predictor column are, where they are more than numbers.</summary>
/// <param name="Kind">Numeric columns are not listed.</param>
/// <param name="Levels">In their order; null takes those that occur, numbers ascending and then texts in ordinal order.</param>
public sealed record ColumnType(ColumnKind Kind, IReadOnlyList<string>? Levels = null);

/// <summary>Kinds of categorical columns.</summary>
public enum ColumnKind
{
    /// <summary>Levels without order.</summary>
    Nominal,

    /// <summary>Levels that ascend.</summary>
    Ordinal,
}

/// <summary>One image of every case, how it is prepared and which features are taken of it.</summary>
/// <param name="Name">Begins the names of its features; unique in the study.</param>
public sealed record ImagingEntry(
    string Name, ImageSelection Selection, PreprocessingSettings Preprocessing, FeatureSettings Features);

/// <summary>Genomic predictors; null for those that are not asked for.</summary>
public sealed record GenomicsSettings(
    MutationSettings? Mutations = null, MolecularMatrixSettings? Expression = null, MolecularMatrixSettings? CopyNumber = null)
{
    /// <summary>Files of gene sets (GMT) by the name that the study gives them; null where there are none.</summary>
    public SortedDictionary<string, string>? GeneSets { get; init; }
}

/// <param name="Genes">Genes; null takes all.</param>
/// <param name="MinFrequency">Least share of sequenced cases with a qualifying mutation; genes below it are left out.</param>
public sealed record MutationSettings(IReadOnlyList<string>? Genes, double? MinFrequency);

/// <summary>Which genes of a cases × genes matrix are predictors.</summary>
/// <param name="Genes">Genes; null takes all.</param>
/// <param name="TopVariance">Of these, how many with the greatest variance in the training rows, chosen anew in each resample; null takes all.</param>
public sealed record MolecularMatrixSettings(IReadOnlyList<string>? Genes, int? TopVariance);

/// <summary>Features that readers recorded, in <c>semantic.csv</c>.</summary>
/// <param name="Columns">Columns; null takes all.</param>
public sealed record SemanticSettings(IReadOnlyList<string>? Columns);

/// <summary>A table of ready-made features, one row a case.</summary>
/// <param name="File">Relative path in the cohort with forward slashes.</param>
public sealed record FeatureTable(string Name, string File);

/// <summary>Predictors that are modelled together.</summary>
/// <param name="Name">As written: the parts joined by <c>+</c>.</param>
/// <param name="Parts">Names of images, of feature tables, or of <see cref="PredictorSources"/>; in the order written, each once.</param>
public sealed record PredictorSet(string Name, IReadOnlyList<string> Parts);

/// <summary>Names of predictor sources that are not chosen by the study.</summary>
public static class PredictorSources
{
    public const string Mutations = "mutations";
    public const string Expression = "expression";
    public const string CopyNumber = "copy_number";
    public const string Semantic = "semantic";
    public const string Clinical = "clinical";

    /// <summary>What the choice among all models and sets is called beside them; no source.</summary>
    public const string Chosen = "chosen";

    /// <summary>All genomic sources of the study together.</summary>
    public const string Genomics = "genomics";

    /// <summary>Whether a source comes from <c>genomics/</c>.</summary>
    public static bool IsGenomic(string source) => source is Mutations or Expression or CopyNumber;

    public static IReadOnlyList<string> All { get; } = [Genomics, Mutations, Expression, CopyNumber, Semantic, Clinical];
}

/// <summary>How the models are validated; null for what is not asked for. Where there are models, there is a bootstrap, a cross-validation, sites left out or a split.</summary>
public sealed record StudyValidation(BootstrapSettings? Bootstrap, NestedCrossValidationSettings? NestedCv, IntervalSettings? Interval)
{
    /// <summary>True where each site in turn is held out.</summary>
    public bool? LeaveOneSiteOut { get; init; }

    public HoldOutOptions? HoldOut { get; init; }

    public PermutationOptions? Permutation { get; init; }

    public CutOffOptions? Threshold { get; init; }

    /// <summary>Limits between categories of the probability.</summary>
    public IReadOnlyList<double>? RiskCategories { get; init; }

    public RiskGroupRule? RiskGroups { get; init; }

    /// <summary>Times at which survival is judged.</summary>
    public IReadOnlyList<double>? Horizons { get; init; }
}

/// <summary>Out-of-bag and optimism-corrected estimates.</summary>
public sealed record BootstrapSettings(int Resamples);

public sealed record NestedCrossValidationSettings(int Folds, int Repeats);

/// <summary>Intervals by running everything again inside bootstrap samples.</summary>
/// <param name="Outer">Bootstrap samples.</param>
/// <param name="Inner">Resamples within each of them.</param>
/// <param name="InnerRepeats">Repeats of the nested cross-validation within each of them.</param>
/// <param name="Level">Coverage.</param>
public sealed record IntervalSettings(int Outer, int Inner, int InnerRepeats, double Level);
