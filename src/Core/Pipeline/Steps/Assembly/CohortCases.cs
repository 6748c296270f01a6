using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Tables;

namespace RadiogenomicsCloud.Pipeline.Steps.Assembly;

/// <summary>
/// Every case that the cohort names: the rows of the clinical table, then imaging cases that no row stands for.
/// </summary>
/// <param name="CaseIds">Ordinally sorted.</param>
/// <param name="Clinical">The clinical table as read.</param>
/// <param name="Endpoint">Null where nothing is predicted, or a feature of a molecular source.</param>
/// <param name="ImagingIdByCase">The folder or archive below <c>imaging/</c> of each case that has one.</param>
/// <param name="ReasonByQuarantinedCase">Why an intake kept a case out; such a case has no images here.</param>
/// <param name="Notes">Near misses between the two.</param>
internal sealed record CohortCases(
    IReadOnlyList<string> CaseIds,
    CaseTable Clinical,
    EndpointColumn? Endpoint,
    IReadOnlyDictionary<string, string> ImagingIdByCase,
    IReadOnlyDictionary<string, string> ReasonByQuarantinedCase,
    IReadOnlyList<string> Notes)
{
    public const string ClinicalFile = "clinical.csv";

    /// <summary>Reads the clinical table and matches the images to it.</summary>
    /// <exception cref="BadInputException">No clinical table, no endpoint, one class only, a column that the study names and the table lacks.</exception>
    public static async Task<CohortCases> Read(CohortSnapshot snapshot, CohortColumns columns, ICohort cohort, CancellationToken cancel)
    {
        var file = snapshot.Find(ClinicalFile) ?? throw new BadInputException(
            "cohort.no-clinical-table", $"The cohort has no '{ClinicalFile}' beside its study file; one row a case with the column '{columns.Ids.Case}' is needed.", ClinicalFile);
        string[] identities = [.. new[] { columns.Ids.Patient, columns.Ids.Site, columns.Ids.Scanner, columns.HoldOut }.OfType<string>().Where(c => c != columns.Ids.Case).Distinct(StringComparer.Ordinal)];
        CaseTable clinical;
        await using (var stream = await cohort.Open(file, cancel))
            clinical = CaseTableReader.Read(stream, file.Path, columns.Ids.Case, textColumns: identities);
        var predicted = columns.Endpoint is { Source: null } ofClinical ? ofClinical : null;
        foreach (var column in identities.Concat(new[] { predicted?.Column, predicted?.Time }.OfType<string>()))
        {
            if (clinical.FindColumn(column) is null)
                throw CaseTable.MissingColumn(column, [.. clinical.Columns.Select(c => c.Name)], ClinicalFile);
        }
        var endpoint = predicted is null ? null : ReadEndpoint(clinical, predicted);

        var quarantined = (snapshot.Quarantined ?? []).ToDictionary(q => q.CaseId, q => q.Reason, StringComparer.Ordinal);
        List<string> imaging = [.. snapshot.ImageCases().Concat(quarantined.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        var match = IdMatcher.Match(clinical.CaseIds, ClinicalFile, imaging, "imaging/", columns.IdMap);
        var imagingIds = new Dictionary<string, string>(match.SourceIdByCase, StringComparer.Ordinal);
        foreach (var unknown in match.Unmatched)
            imagingIds[unknown] = unknown;
        var reasons = imagingIds.Where(i => quarantined.ContainsKey(i.Value)).ToDictionary(i => i.Key, i => quarantined[i.Value], StringComparer.Ordinal);
        foreach (var caseId in reasons.Keys)
            imagingIds.Remove(caseId);
        return new(
            [.. clinical.CaseIds.Concat(match.Unmatched).Order(StringComparer.Ordinal)], clinical, endpoint, imagingIds, reasons,
            [
                .. Unreadable(endpoint), .. NoneCompeting(endpoint), .. Nameless(clinical, columns.Ids), .. match.NearMisses.Select(Sentences.Of),
                .. match.OtherSamples.Select(id => $"'{id}' below imaging/ is a further sample of a case and was not used."),
            ]);
    }

    /// <summary>Refuses a study that cannot be done whatever becomes of its cases, before anything is spent on them.</summary>
    /// <exception cref="BadInputException">Fewer than <paramref name="fewest"/> patients of a group (see <see cref="EndpointGroups"/>) have a value of the endpoint.</exception>
    public void RequirePatients(int fewest, CohortColumns columns)
    {
        if (Endpoint is null)
            return;
        var endpoint = EndpointDocument.Of(Endpoint, Endpoint.CaseIds);
        var groups = EndpointGroups.Of(endpoint, [.. Endpoint.CaseIds.Select(id => PatientOf(id, columns))]);
        if (groups.Any(g => g.Patients < fewest))
        {
            throw new BadInputException(
                "study.too-few-patients",
                FormattableString.Invariant($"{ClinicalFile} has {EndpointGroups.Describe(groups, "patients")}; at least {fewest} of each are needed."),
                Endpoint.Name);
        }
    }

    /// <summary>The endpoint of the clinical table, or of the source that it names.</summary>
    /// <exception cref="BadInputException">It has no value, or one class only.</exception>
    public EndpointColumn? EndpointOf(StudyEndpoint? endpoint, IReadOnlyList<PredictorSource> sources) =>
        endpoint?.Source is { } source ? ReadEndpoint(sources.First(s => s.Name == source).Table, endpoint) : Endpoint;

    private static EndpointColumn ReadEndpoint(CaseTable clinical, StudyEndpoint endpoint) => endpoint.Kind switch
    {
        EndpointKind.Binary => EndpointReader.Binary(clinical, endpoint.Column, endpoint.Event),
        EndpointKind.Multiclass => EndpointReader.Multiclass(clinical, endpoint.Column),
        EndpointKind.Continuous => EndpointReader.Continuous(clinical, endpoint.Column),
        _ => EndpointReader.Survival(clinical, endpoint.Time!, endpoint.Column, endpoint.Event, endpoint.Competing),
    };

    private static IEnumerable<string> Unreadable(EndpointColumn? endpoint)
    {
        if (endpoint?.Unreadable.Count > 0)
            yield return $"{ClinicalFile} has {endpoint.Unreadable.Count} cells that are no value of the endpoint, taken as missing: {Sentences.List([.. endpoint.Unreadable.Select(u => $"{u.Column} of {u.CaseId} ('{u.Text}')")])}.";
    }

    private static IEnumerable<string> NoneCompeting(EndpointColumn? endpoint)
    {
        if (endpoint is SurvivalEndpointColumn { Competing: { } competing } && !competing.Contains(true))
            yield return $"No case of {ClinicalFile} has an event that competes with {endpoint.Name}: none of the labels under 'competing' occurs.";
    }

    // Two cases of one patient, one of them without the patient's id, could come to lie on both sides of a split.
    private static IEnumerable<string> Nameless(CaseTable clinical, StudyIds ids)
    {
        if (ids.Patient is not { } patientColumn || patientColumn == ids.Case || clinical.Column(patientColumn) is not TextColumn patients)
            yield break;
        var nameless = clinical.CaseIds.Where((_, row) => patients.Values[row] is null).ToList();
        if (nameless.Count > 0)
            yield return FormattableString.Invariant($"{nameless.Count} cases have no '{patientColumn}' in {ClinicalFile}; each was taken for a patient of its own, which is wrong if another case is of the same one: {Sentences.List(nameless)}.");
    }

    /// <summary>The patient of a case, for keeping a patient's cases together; the case itself where the study names no column.</summary>
    public string PatientOf(string caseId, CohortColumns columns) =>
        (columns.Ids.Patient == columns.Ids.Case ? null : Cell(columns.Ids.Patient, caseId)) ?? caseId;

    /// <summary>A cell of the clinical table as text; null where the column is not named or the cell is missing.</summary>
    public string? Cell(string? column, string caseId)
    {
        var row = column is null ? -1 : Clinical.IndexOf(caseId);
        if (row < 0)
            return null;
        return Clinical.Column(column!) switch
        {
            TextColumn text => text.Values[row],
            NumericColumn number when !double.IsNaN(number.Values[row]) => CellText.Format(number.Values[row]),
            _ => null,
        };
    }
}
