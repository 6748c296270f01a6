using RadiogenomicsCloud.Imaging;
using RadiogenomicsCloud.Imaging.Dicom;

namespace RadiogenomicsCloud.Core.Tests.Imaging.Dicom;

/// <summary>
/// Numbers by hand: 74 kg, 370 MBq of F-18 (half-life taken as 6600 s), stored 100 with slope 50 is 5000 Bq/mL; without decay
/// 5000 × 74000 / 3.7e8 = 1 g/mL; one half-life after the injection, 2 g/mL.
/// </summary>
public class SuvTests
{
    [Fact]
    public void Dose_is_decayed_to_the_start_of_the_scan_when_activities_are()
    {
        Assert.Equal(2, Suv(), 12);
        Assert.Equal(1, Suv(p => p.Set(DicomTags.DecayCorrection, "CS", "ADMIN")), 12);
    }

    [Fact]
    public void ADMIN_needs_neither_times_nor_half_life() =>
        Assert.Equal(1, Suv(p => p.Set(DicomTags.DecayCorrection, "CS", "ADMIN").Remove(DicomTags.SeriesTime),
            d => d.Remove(DicomTags.RadionuclideHalfLife).Remove(DicomTags.RadiopharmaceuticalStartTime)), 12);

    [Fact]
    public void A_start_date_and_time_goes_before_the_time_alone()
    {
        Assert.Equal(4, Suv(null, d => d.Set(DicomTags.RadiopharmaceuticalStartDateTime, "DT", "20200131082000.00")), 12);
        // An offset from UTC counts where the data set states its own: 09:20 at +0100 is 08:20 at +0000.
        Assert.Equal(4, Suv(p => p.Set(DicomTags.TimezoneOffsetFromUtc, "SH", "+0000"),
            d => d.Set(DicomTags.RadiopharmaceuticalStartDateTime, "DT", "20200131092000.00+0100")), 12);
    }

    [Fact]
    public void An_injection_before_midnight_is_of_the_day_before()
    {
        var (suv, warnings) = Run(
            p => p.Set(DicomTags.SeriesTime, "TM", "003000").Set(DicomTags.AcquisitionTime, "TM", "003000"),
            d => d.Set(DicomTags.RadiopharmaceuticalStartTime, "TM", "224000"));
        Assert.Equal(2, suv, 12);
        Assert.Contains(warnings, w => w.Contains("day before", StringComparison.Ordinal));
    }

    [Fact]
    public void A_shifted_date_falls_back_on_the_times_of_day_with_a_warning()
    {
        var (suv, warnings) = Run(null, d => d.Set(DicomTags.RadiopharmaceuticalStartDateTime, "DT", "19990101101000"));
        Assert.Equal(2, suv, 12);
        Assert.Contains(warnings, w => w.Contains("de-identification", StringComparison.Ordinal));
    }

    [Fact]
    public void A_series_time_after_the_acquisition_is_not_the_scan()
    {
        // Reprocessed at 18:00, acquired at 12:00: the acquisition's time is that of the scan.
        var (suv, warnings) = Run(p => p.Set(DicomTags.SeriesTime, "TM", "180000"));
        Assert.Equal(2, suv, 12);
        Assert.Contains(warnings, w => w.Contains("acquisition", StringComparison.Ordinal));
    }

    [Fact]
    public void GE_says_the_scan_time_in_a_private_element() =>
        Assert.Equal(4, Suv(p => p.Set(DicomTags.SeriesTime, "TM", "180000").Set(new(9, 0x11), "LO", "GEMS_PETD_01")
            .Set(new(9, 0x110D), "DT", "20200131135000.00")), 12);

    [Fact]
    public void Frame_reference_time_leads_back_to_the_scan()
    {
        // The average count rate of a frame of one half-life is met ln(ln 2 / (1 - 1/2)) / ln 2 = 0.471234 half-lives after its start.
        var average = 6600 * Math.Log(Math.Log(2) / 0.5) / Math.Log(2);
        var suv = Suv(p => p.Set(DicomTags.SeriesTime, "TM", "180000").Set(DicomTags.ActualFrameDuration, "IS", 6600000)
            .Set(DicomTags.FrameReferenceTime, "DS", 1000 * average));
        Assert.Equal(2, suv, 6);
    }

    [Fact]
    public void GML_of_body_weight_or_of_no_stated_type_is_taken_as_it_is()
    {
        Assert.Equal(5000, Suv(p => Body(p, "BW", "M")));
        Assert.Equal(5000, Suv(p => Body(p, "BW", "M").Remove(DicomTags.SuvType).Remove(DicomTags.PatientWeight)));
    }

    // W = 74 kg, H = 175 cm, r = (W/H)^2, B = W/1.75^2; sizes by Python's float arithmetic from the formulas on the right.
    [Theory]
    [InlineData("LBM", "M", 59.94302040816327)]         // 1.10 W - 120 r
    [InlineData("LBM", "F", 52.7163918367347)]          // 1.07 W - 148 r
    [InlineData("LBMJAMES128", "M", 58.51255510204082)] // 1.10 W - 128 r
    [InlineData("LBMJAMES128", "F", 52.7163918367347)]  // 1.07 W - 148 r
    [InlineData("LBMJANMA", "M", 57.64893733792517)]    // 9270 W / (6680 + 216 B)
    [InlineData("LBMJANMA", "F", 46.742138959500274)]   // 9270 W / (8780 + 244 B)
    [InlineData("IBW", "M", 72.38)]                     // 48.0 + 1.06 (H - 152)
    [InlineData("IBW", "F", 66.43)]                     // 45.5 + 0.91 (H - 152)
    [InlineData("BSA", "F", 18.923104593315303)]        // 0.007184 W^0.425 H^0.725 m2, in 1000 cm2: SUV is then in cm2/mL, W in g
    public void GML_of_other_body_sizes_is_converted_to_body_weight(string type, string sex, double size)
    {
        var (suv, warnings) = Run(p => Body(p, type, sex));
        Assert.Equal(5000 * 74 / size, suv, 1e-8);
        Assert.Contains(warnings, w => w.Contains(type, StringComparison.Ordinal));
    }

    [Fact]
    public void Philips_counts_become_SUV_by_the_private_factors()
    {
        Assert.Equal(5000 * 0.0004, Suv(p => Philips(p, "0.0004", "7")), 12);
        Assert.Equal(2 * 3, Suv(p => Philips(p, "0", "3")), 12);
        Assert.Equal(2 * 3, Suv(p => Philips(p, null, "3")), 12);
        Fails("suv.missing", "(7053,1000)", p => Philips(p, null, null));

        static void Philips(DicomBuilder p, string? suv, string? activity)
        {
            p.Set(DicomTags.Units, "CS", "CNTS").Set(new(0x7053, 0x10), "LO", "Philips PET Private Group");
            if (suv is not null)
                p.Set(new(0x7053, 0x1000), "DS", suv);
            if (activity is not null)
                p.Set(new(0x7053, 0x1009), "DS", activity);
        }
    }

    [Fact]
    public void An_enhanced_PET_says_the_moment_that_it_is_corrected_to() =>
        Assert.Equal(4, Suv(p => p.Remove(DicomTags.DecayCorrection).Set(DicomTags.DecayCorrected, "CS", "YES")
            .Set(DicomTags.DecayCorrectionDateTime, "DT", "20200131135000")), 12);

    [Fact]
    public void An_enhanced_PET_says_its_unit_as_rescale_type()
    {
        Assert.Equal(4, Enhanced("BQML"), 12);
        Assert.Equal(5000, Enhanced("GML"), 12);
        Assert.Contains("(0054,1001)", Assert.Throws<BadInputException>(() => Enhanced("US")).Message, StringComparison.Ordinal);

        static double Enhanced(string unit)
        {
            var pet = Pet(0).Pixels(1, 2, [100, 0, 100, 0]).Set(DicomTags.NumberOfFrames, "IS", 2)
                .Remove(DicomTags.Units).Remove(DicomTags.DecayCorrection)
                .Set(DicomTags.DecayCorrected, "CS", "YES").Set(DicomTags.DecayCorrectionDateTime, "DT", "20200131135000")
                .Sequence(DicomTags.SharedFunctionalGroupsSequence, new DicomBuilder()
                    .Sequence(DicomTags.PlaneOrientationSequence, new DicomBuilder().Set(DicomTags.ImageOrientationPatient, "DS", [1.0, 0, 0, 0, 1, 0]))
                    .Sequence(DicomTags.PixelMeasuresSequence, new DicomBuilder().Set(DicomTags.PixelSpacing, "DS", [2.0, 1.5]))
                    .Sequence(DicomTags.PixelValueTransformationSequence, new DicomBuilder().Set(DicomTags.RescaleSlope, "DS", 50)
                        .Set(DicomTags.RescaleIntercept, "DS", 0).Set(DicomTags.RescaleType, "LO", unit)))
                .Sequence(DicomTags.PerFrameFunctionalGroupsSequence, [.. Enumerable.Range(0, 2).Select(k => new DicomBuilder()
                    .Sequence(DicomTags.PlanePositionSequence, new DicomBuilder().Set(DicomTags.ImagePositionPatient, "DS", [0.0, 0, 3 * k])))]);
            return Read([pet.File("enhanced")]).Volume.Values[2];
        }
    }

    [Fact]
    public void What_is_needed_and_missing_is_named()
    {
        Fails("suv.missing", "(0010,1030)", p => p.Remove(DicomTags.PatientWeight));
        Fails("suv.missing", "(0010,1030)", p => p.Set(DicomTags.PatientWeight, "DS", "0"));
        Fails("suv.missing", "(0054,0016)", p => p.Remove(DicomTags.RadiopharmaceuticalInformationSequence));
        Fails("suv.missing", "(0018,1074)", null, d => d.Remove(DicomTags.RadionuclideTotalDose));
        Fails("suv.missing", "(0018,1074)", null, d => d.Set(DicomTags.RadionuclideTotalDose, "DS", "-1"));
        Fails("suv.missing", "(0018,1075)", null, d => d.Remove(DicomTags.RadionuclideHalfLife));
        Fails("suv.missing", "(0018,1072)", null, d => d.Remove(DicomTags.RadiopharmaceuticalStartTime));
        Fails("suv.missing", "(0008,0031)", p => p.Remove(DicomTags.SeriesTime).Remove(DicomTags.AcquisitionTime));
        Fails("suv.missing", "(0054,1001)", p => p.Remove(DicomTags.Units));
        Fails("suv.missing", "(0054,1102)", p => p.Remove(DicomTags.DecayCorrection));
        Fails("suv.missing", "(0010,1020)", p => Body(p, "LBM", "M").Remove(DicomTags.PatientSize));
        Fails("suv.missing", "(0010,0040)", p => Body(p, "LBM", "O"));
        Fails("suv.decay", "NONE", p => p.Set(DicomTags.DecayCorrection, "CS", "NONE"));
        Fails("suv.units", "PROPCNTS", p => p.Set(DicomTags.Units, "CS", "PROPCNTS"));
        Fails("suv.type", "FANTASY", p => Body(p, "FANTASY", "M"));
        Fails("suv.time", "(0018,1072)", null, d => d.Set(DicomTags.RadiopharmaceuticalStartTime, "TM", "120100"));
        Fails("dicom.value", "(0018,1072)", null, d => d.Set(DicomTags.RadiopharmaceuticalStartTime, "TM", "noon"));
    }

    [Fact]
    public void A_dose_that_looks_like_MBq_is_warned_of()
    {
        var (_, warnings) = Run(null, d => d.Set(DicomTags.RadionuclideTotalDose, "DS", "370"));
        Assert.Contains(warnings, w => w.Contains("MBq", StringComparison.Ordinal));
    }

    [Fact]
    public void Slices_that_differ_in_units_are_refused()
    {
        var files = new[] { Pet(0).File("a"), Pet(1).Set(DicomTags.Units, "CS", "GML").File("b") };
        var error = Assert.Throws<BadInputException>(() => Read(files));
        Assert.Equal("suv.mixed", error.Code);
    }

    private static DicomBuilder Body(DicomBuilder pet, string type, string sex) => pet.Set(DicomTags.Units, "CS", "GML")
        .Set(DicomTags.SuvType, "CS", type).Set(DicomTags.PatientSex, "CS", sex).Set(DicomTags.PatientSize, "DS", "1.75");

    private static DicomBuilder Pet(int k, Action<DicomBuilder>? drug = null)
    {
        var dose = new DicomBuilder()
            .Set(DicomTags.RadiopharmaceuticalStartTime, "TM", "101000.000")
            .Set(DicomTags.RadionuclideTotalDose, "DS", "370000000")
            .Set(DicomTags.RadionuclideHalfLife, "DS", "6600");
        drug?.Invoke(dose);
        return DicomBuilder.Slice("PT", $"1.5.{k}", new(0, 0, 3 * k), 1, 2, [100, 0])
            .Set(DicomTags.SeriesDate, "DA", "20200131").Set(DicomTags.SeriesTime, "TM", "120000.00")
            .Set(DicomTags.AcquisitionDate, "DA", "20200131").Set(DicomTags.AcquisitionTime, "TM", "120000")
            .Set(DicomTags.PatientWeight, "DS", "74").Set(DicomTags.RescaleSlope, "DS", "50").Set(DicomTags.RescaleIntercept, "DS", "0")
            .Set(DicomTags.CorrectedImage, "CS", "ATTN", "DECY")
            .Set(DicomTags.Units, "CS", "BQML").Set(DicomTags.DecayCorrection, "CS", "START")
            .Sequence(DicomTags.RadiopharmaceuticalInformationSequence, dose);
    }

    private static SeriesVolume Read(IReadOnlyList<ImageFile> files) =>
        SeriesVolumeReader.Read(SeriesVolumeTests.Only(files), TestContext.Current.CancellationToken);

    private static (double Suv, IReadOnlyList<string> Warnings) Run(Action<DicomBuilder>? change = null, Action<DicomBuilder>? drug = null)
    {
        var slices = Enumerable.Range(0, 2).Select(k => Pet(k, drug)).ToArray();
        foreach (var slice in slices)
            change?.Invoke(slice);
        var read = Read([slices[0].File("a"), slices[1].File("b")]);
        Assert.Equal(0, read.Volume.Values[1]);
        return (read.Volume.Values[0], read.Warnings);
    }

    private static double Suv(Action<DicomBuilder>? change = null, Action<DicomBuilder>? drug = null)
    {
        var (suv, _) = Run(change, drug);
        return suv;
    }

    private static void Fails(string code, string names, Action<DicomBuilder>? change, Action<DicomBuilder>? drug = null)
    {
        var error = Assert.Throws<BadInputException>(() => Run(change, drug));
        Assert.Equal(code, error.Code);
        Assert.Contains(names, error.Message, StringComparison.Ordinal);
    }
}
