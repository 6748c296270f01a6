using System.Globalization;

namespace RadiogenomicsCloud.Imaging.Dicom.Deidentification;

/// <summary>
/// Asks whether a DICOM file says that it was de-identified, and whether it looks so, by the Basic Application Level Confidentiality Profile of
/// PS3.15 Annex E. It can show that a file is not de-identified; that it is, no program can show.
/// </summary>
/// <remarks>
/// The rules, all skipped where the file declares an option that keeps the attribute: an attribute that is removed (X) must be absent, empty or a
/// plain dummy; a name (PN) a pseudonym; a date a placeholder; free text a dummy, whatever the action; other values that are emptied (Z) are
/// reported and let in, since the standard allows a replacement and nobody can tell it from the real value; those that are replaced (D), and
/// UIDs, are not looked at. Times of day alone are reported. Sequences are looked into at every depth, those of unknown attributes as well.
/// </remarks>
public sealed class DeidentificationGate
{
    private const string DirectoryClass = "1.2.840.10008.1.3.10";
    private static readonly string[] HeadParts = ["HEAD", "BRAIN", "SKULL", "FACE", "HEADNECK", "ORBIT", "SINUS", "JAW", "MAXILLA", "MANDIBLE"];

    private readonly List<DeidentificationFinding> findings = [];
    private readonly HashSet<int> options;
    private readonly string caseId;
    private readonly string? patientId;
    private int privateValues;

    private DeidentificationGate(DicomDataset data, string caseId, bool isDirectory)
    {
        this.caseId = caseId;
        options = isDirectory ? DeidentificationOption.All() : DeidentificationOption.Declared(data);
        patientId = data.GetString(DicomTags.PatientId);
    }

    /// <summary>Looks at a file, all of whose attributes were read.</summary>
    /// <param name="caseId">The case that the file belongs to: a pseudonym by definition.</param>
    /// <returns>One finding an attribute; empty if nothing speaks against the file.</returns>
    /// <exception cref="BadInputException">A nested sequence cannot be read.</exception>
    public static IReadOnlyList<DeidentificationFinding> Check(DicomFile file, string caseId)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(caseId);
        var data = file.Dataset;
        // A directory has no place for a statement of its own: what no option keeps must not stand in it.
        // Nor has it pictures, or a class in its data set: what only calls itself one is an image to whoever reads it.
        var isDirectory = file is { Pixels.Tag: null } && file.Meta.GetString(DicomTags.MediaStorageSopClassUid) == DirectoryClass
            && (data.GetString(DicomTags.SopClassUid) ?? DirectoryClass) == DirectoryClass && data.GetString(DicomTags.Modality) is null;
        var gate = new DeidentificationGate(data, caseId, isDirectory);
        if (!isDirectory)
        {
            gate.Statement(data);
            gate.Picture(data);
        }
        gate.Identity();
        gate.Attributes(data);
        if (gate.privateValues > 0)
        {
            gate.Forbid("deid.private", string.Create(
                CultureInfo.InvariantCulture,
                $"{gate.privateValues} private attributes hold values, and the option Retain Safe Private (113111) is not declared; remove them."));
        }
        return [.. gate.findings.Distinct()];
    }

    private void Statement(DicomDataset data)
    {
        if (!string.Equals(data.GetString(DeidentificationTags.PatientIdentityRemoved), "YES", StringComparison.OrdinalIgnoreCase))
            Forbid("deid.not-declared", "(0012,0062) PatientIdentityRemoved is not YES; de-identify the file by DICOM PS3.15.");
        if (options.Contains(DeidentificationOption.BasicProfile))
            return;
        if (data.GetString(DeidentificationTags.DeidentificationMethod) is null && data.GetSequence(DeidentificationTags.DeidentificationMethodCodeSequence).Count == 0)
            Forbid("deid.method", "Neither (0012,0063) DeidentificationMethod nor (0012,0064) DeidentificationMethodCodeSequence says how the file was de-identified.");
        else
            Warn("deid.profile", "(0012,0064) DeidentificationMethodCodeSequence does not name the basic profile (113100), so that only the attributes speak for the file.");
    }

    private void Picture(DicomDataset data)
    {
        if (IsYes(data, DeidentificationTags.BurnedInAnnotation) && !options.Contains(DeidentificationOption.CleanPixelData))
            Forbid("deid.burned-in", "(0028,0301) BurnedInAnnotation is YES, and the option Clean Pixel Data (113101) is not declared; text in the picture may name the patient.");
        var cleanFace = options.Contains(DeidentificationOption.CleanRecognizableVisualFeatures);
        if (IsYes(data, DeidentificationTags.RecognizableVisualFeatures) && !cleanFace)
            Forbid("deid.face", "(0028,0302) RecognizableVisualFeatures is YES, and the option Clean Recognizable Visual Features (113102) is not declared; remove the face.");
        else if (!cleanFace && data.GetString(DicomTags.Modality) is "CT" or "MR"
            && HeadParts.Contains(data.GetString(DeidentificationTags.BodyPartExamined), StringComparer.OrdinalIgnoreCase))
            Warn("deid.face", "An image of the head without the option Clean Recognizable Visual Features (113102): a face may be rebuilt from it.");
    }

    private void Identity()
    {
        if (patientId is null || DummyValue.IsText(patientId) || DummyValue.IsSame(patientId, caseId))
            return;
        if (patientId.Contains('^', StringComparison.Ordinal) && !DummyValue.IsName(patientId, caseId, null))
            Forbid("deid.name", "(0010,0020) PatientID is written like a name; put a pseudonym there.");
        else
            Warn("deid.patient-id", "(0010,0020) PatientID is not the id of the case; make sure that it is a pseudonym.");
    }

    private void Attributes(DicomDataset data)
    {
        if (data.HasDoubles)
            Forbid("deid.double", "An attribute stands twice, and the value that is read may not be the one that names the patient; export the file again.");
        foreach (var tag in data.Tags)
        {
            var element = data.Find(tag)!;
            if (tag.IsPrivate)
            {
                if (tag.Element > 0xFF && !options.Contains(DeidentificationOption.RetainSafePrivate) && HasValue(element, data))
                    privateValues++;
            }
            else if (BasicProfile.Find(tag) is { } attribute && !attribute.KeptBy.Any(options.Contains) && HasValue(element, data))
            {
                Judge(tag, attribute, data);
            }
            foreach (var item in ItemsOf(element, data))
                Attributes(item);
        }
    }

    private void Judge(DicomTag tag, ProfileAttribute attribute, DicomDataset data)
    {
        if (tag == DicomTags.PatientId)
            return; // Judged with the case.
        var named = $"{tag} {attribute.Keyword}";
        switch (attribute.Vr)
        {
            case "OB" or "OW":
                Forbid("deid.attribute", $"{named} has content, which the basic profile {Does(attribute)}{Unless(attribute)}.");
                break;
            case "SQ":
                if (attribute.Action == ProfileAction.Remove)
                    Forbid("deid.attribute", $"{named} has items, and the basic profile removes it{Unless(attribute)}.");
                break;
            case "PN":
                var isDummy = data.GetStrings(tag).All(v => attribute.Action == ProfileAction.Remove ? DummyValue.IsText(v) : DummyValue.IsName(v, caseId, patientId));
                if (!isDummy)
                    Forbid("deid.name", $"{named} holds what is no plain pseudonym; the basic profile {Does(attribute)} it.");
                break;
            case "DA" or "DT":
                if (!data.GetStrings(tag).All(DummyValue.IsDate))
                    Forbid("deid.date", $"{named} holds a date, and the basic profile {Does(attribute)} it{Unless(attribute)}.");
                break;
            case "TM":
                Warn("deid.time", $"{named} holds a time of day{Unless(attribute)}.");
                break;
            default:
                Text(named, attribute, data.GetStrings(tag));
                break;
        }
    }

    private void Text(string named, ProfileAttribute attribute, IReadOnlyList<string> values)
    {
        var isFree = attribute.Vr is "ST" or "LT" or "UT";
        if (values.All(DummyValue.IsText) || (attribute.Action == ProfileAction.Replace && !isFree))
            return;
        if (attribute.Action == ProfileAction.Remove || isFree)
            Forbid("deid.attribute", $"{named} holds a value, and the basic profile {Does(attribute)} it{Unless(attribute)}.");
        else if (!values.All(v => DummyValue.IsSame(v, caseId)))
            Warn("deid.replacement", $"{named} holds a value; make sure that it is a replacement{Unless(attribute)}.");
    }

    private static string Does(ProfileAttribute attribute) => attribute.Action switch
    {
        ProfileAction.Remove => "removes",
        ProfileAction.Empty => "empties",
        _ => "replaces",
    };

    private static string Unless(ProfileAttribute attribute) => attribute.KeptBy.Count == 0
        ? ""
        : $", unless an option is declared that keeps it ({string.Join(" or ", attribute.KeptBy)})";

    private static bool IsYes(DicomDataset data, DicomTag tag) => string.Equals(data.GetString(tag), "YES", StringComparison.OrdinalIgnoreCase);

    private static bool HasValue(DicomElement element, DicomDataset data) =>
        element.Bytes.IsEmpty ? ItemsOf(element, data).Any(i => i.Tags.Count > 0)
        : element.Vr == "SQ" ? ItemsOf(element, data).Any(i => i.Tags.Count > 0)
        : !element.Bytes.Span.Trim(" \0"u8).IsEmpty;

    /// <summary>Items of a sequence, also of one whose attribute the reader does not know, as implicit encodings and UN have it.</summary>
    private static IReadOnlyList<DicomDataset> ItemsOf(DicomElement element, DicomDataset data)
    {
        if (element.Vr == "SQ")
            return element.Items(data);
        if (element.Vr != DicomVr.Unknown || !(element.Bytes.IsEmpty || IsItem(element.Bytes.Span)))
            return [];
        try
        {
            return element.Items(data);
        }
        catch (BadInputException)
        {
            return []; // Bytes that only begin like an item; they count as a value.
        }
    }

    private static bool IsItem(ReadOnlySpan<byte> bytes) => bytes is [0xFE, 0xFF, 0x00, 0xE0, ..] or [0xFF, 0xFE, 0xE0, 0x00, ..];

    private void Forbid(string code, string message) => findings.Add(new(code, message, Forbids: true));

    private void Warn(string code, string message) => findings.Add(new(code, message, Forbids: false));
}
